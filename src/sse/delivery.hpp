#pragma once

#include "coding/encoded_forms.hpp"
#include "coding/encoded_stream.hpp"
#include "counters.hpp"
#include "publication.hpp"

#include <fibercast/http/chunk.hpp>
#include <fibercast/http/chunk_view.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>

namespace fibercast {

class delivery;

/// One owner of a delivery among many of the same worker; as small as a pointer, so that queues of
/// them are.
using delivery_ptr = boost::intrusive_ptr<delivery const>;

/// What one worker hands to its clients at a time: the bytes of one event, or of a burst's, joined.
/// Its owners are counted without atomics: counting those of one chunk on two processors costs more
/// than the bytes do.
class delivery : public boost::intrusive_ref_counter<delivery, boost::thread_unsafe_counter> {
public:
    /// These, which must not be none, in one, to be written as fast as one of them. One alone is not
    /// copied. `held` counts the bytes as long as somebody owns them, and must outlive them.
    static delivery_ptr of(std::span<publication const> events, counter& held);
    /// One event for one client, or what is no part of the order and has no number.
    static delivery_ptr of(chunk_ptr bytes, counter& held, std::uint64_t number = 0);

    ~delivery() { held_.subtract(size() + (forms_ ? forms_->bytes() : 0)); }
    delivery(delivery const&) = delete;
    delivery& operator=(delivery const&) = delete;

    /// How many events it holds.
    std::uint32_t events() const noexcept { return events_; }
    /// The numbers of its first and last event.
    std::uint64_t first() const noexcept { return first_; }
    std::uint64_t last() const noexcept { return last_; }
    /// Whether a history that is on has taken them in.
    bool shared() const noexcept { return shared_; }
    /// Its bytes, without the framing.
    std::size_t size() const noexcept { return view_.payload().size(); }
    chunk_view const& view() const noexcept { return view_; }

    /// The same as `to` is to write it. Encodes it, and counts that, if it was not done for another
    /// stream before. Throws `std::bad_alloc`.
    encoded_stream::views encoded_for(encoded_stream& to, counters& of) const;

private:
    struct range {
        std::uint64_t first;
        std::uint64_t last;
        std::uint32_t events;
        bool shared;
    };

    delivery(chunk_ptr bytes, range const& of, counter& held) noexcept
        : events_(of.events),
          shared_(of.shared),
          first_(of.first),
          last_(of.last),
          view_(bytes->view()),
          bytes_(std::move(bytes)),
          held_(held) {
        held_.add(size());
    }

    std::uint32_t const events_;
    bool const shared_;
    std::uint64_t const first_;
    std::uint64_t const last_;
    chunk_view const view_;
    chunk_ptr const bytes_;
    counter& held_;
    mutable std::unique_ptr<encoded_forms> forms_;  // if somebody has asked for one
};

}  // namespace fibercast
