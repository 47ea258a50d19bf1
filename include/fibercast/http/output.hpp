#pragma once

#include <fibercast/http/chunk_view.hpp>
#include <fibercast/runtime/closable.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace fibercast {

/// Where a response body writes itself. It knows the transfer's framing, so a body writes plain
/// bytes.
///
/// Belongs to the connection's fiber, and lives as long as `write_body` runs. The response's head
/// leaves together with the first bytes.
class output {
public:
    /// Suspends until the kernel has taken all bytes. False: the connection has failed or the peer
    /// is gone, and every later write is false too. Writing nothing is allowed and does nothing.
    [[nodiscard]] virtual bool write(std::string_view bytes) = 0;

    /// The same for many chunks in one system call. Their owners keep them until it returns.
    [[nodiscard]] virtual bool write(std::span<chunk_view const> chunks) = 0;

    /// Sends what is still held back: the response's head, if nothing was written yet. Call it
    /// before waiting for something to write.
    [[nodiscard]] virtual bool flush() = 0;

    /// Closes `target` as soon as the peer is gone or the server drains: the way a body that waits
    /// for something else than this output learns of it. Null ends the watch; see `close_watch`.
    virtual void close_when_ended(closable* target) noexcept = 0;

    /// Fails the connection now. Never suspends.
    virtual void abort() noexcept = 0;

    /// Whether the body's fiber waits for the peer to take bytes.
    virtual bool stalled() const noexcept = 0;

    /// Bytes written and not yet acknowledged by the peer.
    virtual std::size_t unsent() const noexcept = 0;

    /// The peer's address.
    virtual std::string peer() const = 0;

protected:
    ~output() = default;
};

/// Watches for the end of the peer while a body lives.
class close_watch {
public:
    close_watch(output& of, closable& target) noexcept : output_(of) {
        output_.close_when_ended(&target);
    }
    ~close_watch() { output_.close_when_ended(nullptr); }
    close_watch(close_watch const&) = delete;
    close_watch& operator=(close_watch const&) = delete;

private:
    output& output_;
};

}  // namespace fibercast
