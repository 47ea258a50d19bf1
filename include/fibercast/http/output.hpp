#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/chunk_view.hpp>
#include <fibercast/http/peer.hpp>

#include <span>
#include <string_view>

namespace fibercast {

/// Where a response body writes itself. It knows the transfer's framing, so a body writes plain
/// bytes.
///
/// Belongs to the connection, and lives until the body is over. One fiber at a time, of that worker.
/// The response's head leaves together with the first bytes.
///
/// What suspends here takes no deadline: how long a peer may take nothing is the endpoint's to say
/// (`tcp_options::user_timeout`), and one that takes too little is given up by `peer().abort()`.
class FIBERCAST_API output {
public:
    /// Suspends until the kernel has taken all bytes. False: the connection has failed or the peer
    /// is gone, and every later write is false too. Writing nothing is allowed and does nothing.
    [[nodiscard]] virtual bool write(std::string_view bytes) = 0;

    /// The same for many chunks in one system call. Their owners keep them until it returns.
    [[nodiscard]] virtual bool write(std::span<chunk_view const> chunks) = 0;

    /// Sends what is still held back: the response's head, if nothing was written yet. Call it
    /// before waiting for something to write.
    [[nodiscard]] virtual bool flush() = 0;

    /// What was written is not to be seen as the whole, whatever follows: a chunked response then
    /// ends without its last chunk. A client that takes a complete response for the end of the
    /// matter, as those do that read streams with `fetch`, comes again. Of no use where the length
    /// is known.
    virtual void leave_unfinished() noexcept = 0;

    /// Who reads it.
    virtual fibercast::peer& peer() noexcept = 0;

protected:
    ~output() = default;
};

}  // namespace fibercast
