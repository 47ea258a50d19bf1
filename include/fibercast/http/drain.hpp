#pragma once

#include <fibercast/http/output.hpp>
#include <fibercast/runtime/channel.hpp>

#include <cstddef>

namespace fibercast {

/// Writes what comes out of a channel until it is closed and empty. All that waits goes out in one
/// write, and while nothing waits the fiber keeps a single page of stack. Closes the channel when the
/// peer is gone, so that its senders notice.
class channel_drain {
public:
    channel_drain(channel<chunk_ptr>& from, output& to) : from_(from), to_(to) {}

    /// Suspends until there was something to write and it was written. Returns the number of chunks;
    /// 0 at the end.
    std::size_t write_next();

private:
    channel<chunk_ptr>& from_;
    output& to_;
    bool settled_ = false;  // the stack below has been given back; writing does not go that deep again
};

}  // namespace fibercast
