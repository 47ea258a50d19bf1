#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/closable.hpp>
#include <fibercast/runtime/socket_address.hpp>

#include <chrono>
#include <cstddef>

namespace fibercast {

/// The other side of a connection. Belongs to the connection's worker, and lives as long as the
/// connection.
class FIBERCAST_API peer {
public:
    virtual socket_address address() const noexcept = 0;

    /// Bytes written and not yet acknowledged by the peer.
    virtual std::size_t unsent() const noexcept = 0;

    /// How long the peer takes to acknowledge, smoothed. Zero: nobody has measured it.
    virtual std::chrono::microseconds round_trip_time() const noexcept = 0;

    /// Whether a fiber waits for the peer to take bytes.
    virtual bool stalled() const noexcept = 0;

    /// Whether this server has ended the connection's input, because it drains.
    virtual bool draining() const noexcept = 0;

    /// Fails the connection now. Never suspends.
    virtual void abort() noexcept = 0;

    /// Closes `target` as soon as the peer is gone or the server drains: the way a body that waits
    /// for something else than its output learns of it. At once, if that was before. Null ends the
    /// watch; see `close_watch`.
    virtual void close_when_ended(closable* target) noexcept = 0;

protected:
    ~peer() = default;
};

/// Watches for the end of the peer while a body lives. One at a time.
class close_watch {
public:
    close_watch(peer& of, closable& target) noexcept : peer_(of) {
        peer_.close_when_ended(&target);
    }
    ~close_watch() { peer_.close_when_ended(nullptr); }
    close_watch(close_watch const&) = delete;
    close_watch& operator=(close_watch const&) = delete;

private:
    peer& peer_;
};

}  // namespace fibercast
