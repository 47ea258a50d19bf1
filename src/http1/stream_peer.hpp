#pragma once

#include "stream.hpp"

#include <fibercast/http/peer.hpp>

#include <chrono>
#include <cstddef>

namespace fibercast {

/// The other side of a stream, as handlers and bodies see it.
template <fibercast::stream Stream>
class stream_peer final : public peer {
public:
    /// `at` must outlive it.
    explicit stream_peer(Stream& at) noexcept : stream_(at) {}

    Stream& stream() const noexcept { return stream_; }

    socket_address address() const noexcept override { return stream_.peer(); }
    std::size_t unsent() const noexcept override { return stream_.unsent(); }
    std::chrono::microseconds round_trip_time() const noexcept override {
        return stream_.round_trip_time();
    }
    bool stalled() const noexcept override { return stream_.waiting(); }
    bool draining() const noexcept override { return stream_.read_shut_down(); }
    void abort() noexcept override { stream_.abort(); }
    void close_when_ended(closable* target) noexcept override { stream_.close_when_ended(target); }

private:
    Stream& stream_;
};

}  // namespace fibercast
