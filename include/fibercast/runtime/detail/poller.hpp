#pragma once

#include <boost/asio/io_context.hpp>

#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <cstdint>
#include <system_error>

namespace fibercast {

/// Told by the poller when its descriptor may have become ready.
class ready_listener {
public:
    /// `events` are epoll's bits. Runs in the worker's event loop: must not suspend, and must not
    /// close descriptors, because events fetched with this one may still point to their listeners.
    virtual void on_ready(std::uint32_t events) noexcept = 0;

protected:
    ~ready_listener() = default;
};

/// Readiness of one worker's descriptors: a single epoll set, itself one descriptor of the worker's
/// io_context. A descriptor costs one registration in its life and no memory here, where an Asio
/// socket costs 300 bytes and a system call for each wait.
class poller {
public:
    explicit poller(boost::asio::io_context& io);
    poller(poller const&) = delete;
    poller& operator=(poller const&) = delete;

    /// Reports every change (edge-triggered) of `descriptor` to `listener` until it is closed.
    [[nodiscard]] std::error_code add(int descriptor, ready_listener& listener) noexcept;

private:
    void wait();
    void dispatch();

    boost::asio::posix::basic_stream_descriptor<boost::asio::io_context::executor_type> epoll_;
};

}  // namespace fibercast
