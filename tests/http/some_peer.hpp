#pragma once

#include <fibercast/http/peer.hpp>
#include <fibercast/testing/test_address.hpp>

#include <chrono>
#include <cstddef>
#include <string>

/// Nothing but an address.
class some_peer final : public fibercast::peer {
public:
    explicit some_peer(std::string const& ip) : address_(fibercast::testing::test_address(ip)) {}

    fibercast::socket_address address() const noexcept override { return address_; }
    std::size_t unsent() const noexcept override { return 0; }
    std::chrono::microseconds round_trip_time() const noexcept override { return {}; }
    bool stalled() const noexcept override { return false; }
    bool draining() const noexcept override { return false; }
    void abort() noexcept override {}
    void close_when_ended(fibercast::closable*) noexcept override {}

private:
    fibercast::socket_address address_;
};
