#pragma once

#include <fibercast/runtime/closable.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/runnable.hpp>
#include <fibercast/runtime/socket_address.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>

namespace fibercast {

/// What the HTTP layer needs of a connection. `fibercast::socket` is one; tests use one in memory.
template <typename S>
concept stream = requires(S& it, S const& constant, boost::asio::mutable_buffer in,
                          boost::asio::const_buffer out, boost::system::error_code& error,
                          deadline until, closable* target, runnable* again) {
    { it.read_some(in, error) } -> std::same_as<std::size_t>;
    { it.try_read_some(in, error) } -> std::same_as<std::size_t>;
    { it.write_some(out, error) } -> std::same_as<std::size_t>;
    it.when_ready(again);
    it.expires_at(until);
    it.close_when_ended(target);
    it.linger(until, std::uint64_t(), std::chrono::milliseconds());
    it.abort();
    { constant.waiting() } -> std::same_as<bool>;
    { constant.read_shut_down() } -> std::same_as<bool>;
    { constant.unsent() } -> std::same_as<std::size_t>;
    { constant.round_trip_time() } -> std::same_as<std::chrono::microseconds>;
    { constant.peer() } -> std::same_as<socket_address>;
};

}  // namespace fibercast
