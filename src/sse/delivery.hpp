#pragma once

#include "publication.hpp"

#include <fibercast/http/chunk.hpp>
#include <fibercast/http/chunk_view.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

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
    /// copied.
    static delivery_ptr of(std::span<publication const> events);
    /// One event, or a comment.
    static delivery_ptr of(chunk_ptr bytes);

    /// How many events it holds.
    std::uint32_t events() const noexcept { return events_; }
    /// Its bytes, without the framing.
    std::size_t size() const noexcept { return view_.payload().size(); }
    chunk_view const& view() const noexcept { return view_; }

private:
    delivery(chunk_ptr bytes, std::uint32_t events) noexcept
        : events_(events), view_(bytes->view()), bytes_(std::move(bytes)) {}

    std::uint32_t const events_;
    chunk_view const view_;
    chunk_ptr const bytes_;
};

}  // namespace fibercast
