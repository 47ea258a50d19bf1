#include "forwarded_stream.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

namespace fibercast {
namespace {

/// The proxy, under the address of the one for whom it asks.
class forwarded_peer final : public peer {
public:
    forwarded_peer(peer& proxy, socket_address const& from) noexcept : proxy_(proxy), from_(from) {}

    socket_address address() const noexcept override { return from_; }
    std::size_t unsent() const noexcept override { return proxy_.unsent(); }
    std::chrono::microseconds round_trip_time() const noexcept override {
        return proxy_.round_trip_time();
    }
    bool stalled() const noexcept override { return proxy_.stalled(); }
    bool draining() const noexcept override { return proxy_.draining(); }
    void abort() noexcept override { proxy_.abort(); }
    void close_when_ended(closable* target) noexcept override { proxy_.close_when_ended(target); }

private:
    peer& proxy_;
    socket_address const& from_;
};

class forwarded_output final : public output {
public:
    forwarded_output(output& to, socket_address const& from) noexcept
        : to_(to), peer_(to.peer(), from) {}

    bool write(std::string_view bytes) override { return to_.write(bytes); }
    bool write(std::span<chunk_view const> chunks) override { return to_.write(chunks); }
    bool flush() override { return to_.flush(); }
    void leave_unfinished() noexcept override { to_.leave_unfinished(); }
    fibercast::peer& peer() noexcept override { return peer_; }

private:
    output& to_;
    forwarded_peer peer_;
};

struct forwarded {
    socket_address from;
    std::unique_ptr<forwarded_output> to;  // when it is written
    any_body inner;                        // behind the output, which it may use to its end
};

body_state write_ready(forwarded& it, output& out, runnable& again) {
    if (!it.to) it.to = std::make_unique<forwarded_output>(out, it.from);
    return write_ready(it.inner, *it.to, again);
}

}  // namespace

any_body forwarded_stream(socket_address const& from, any_body inner) {
    return forwarded{from, nullptr, std::move(inner)};
}

}  // namespace fibercast
