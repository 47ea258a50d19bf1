#pragma once

#include <fibercast/http/chunk.hpp>
#include <fibercast/sse/event.hpp>
#include <fibercast/sse/event_id.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fibercast {

/// An event on its way to its place in the order: encoded beforehand, with room for the number that
/// only the order can give, so that whoever gives it has a few digits to write and no more.
class draft {
public:
    /// Leaves room for a number with as many digits as `expected`, unless the event has an id of its
    /// own. `what` must outlive it. Throws `std::bad_alloc`.
    draft(event const& what, event_id::epoch_text const& epoch, std::uint64_t expected);
    /// Without an id, if the event has none.
    explicit draft(event const& what);
    draft(draft const&) = delete;
    draft& operator=(draft const&) = delete;

    /// Writes the number in. Before anybody else has the bytes. Throws `std::bad_alloc`, but not if
    /// the number has as many digits as was expected.
    void number(std::uint64_t number);

    chunk_ptr const& bytes() const noexcept { return bytes_; }

    /// The publisher's own id, in these bytes.
    std::string_view own_id() const noexcept { return own_id_; }

private:
    void encode(std::uint64_t expected);

    event const& what_;
    event_id::epoch_text epoch_{};
    std::size_t digits_ = 0;  // 0: there is nothing to fill in
    chunk_ptr bytes_;
    char* place_ = nullptr;  // the number's, in them
    std::string_view own_id_;
};

}  // namespace fibercast
