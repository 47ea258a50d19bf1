#pragma once

#include <fibercast/api.hpp>

#include <cstdint>
#include <system_error>

namespace fibercast {

/// Told by the poller when its descriptor may have become ready.
class FIBERCAST_API ready_listener {
public:
    /// `events` are epoll's bits. Runs in the worker's event loop: must not suspend, and must not
    /// close descriptors, because events fetched with this one may still point to their listeners.
    virtual void on_ready(std::uint32_t events) noexcept = 0;

protected:
    ~ready_listener() = default;
};

/// Readiness of one worker's descriptors: a single epoll set, itself one descriptor of the worker's
/// event loop. A descriptor costs one registration in its life and no memory here, where an Asio
/// socket costs 300 bytes and a system call for each wait.
class FIBERCAST_API poller {
public:
    /// Throws `std::system_error`.
    poller();
    ~poller();
    poller(poller const&) = delete;
    poller& operator=(poller const&) = delete;

    /// Reports every change (edge-triggered) of `descriptor` to `listener` until it is removed.
    [[nodiscard]] std::error_code add(int descriptor, ready_listener& listener) noexcept;

    /// Ends that. To be called before the descriptor is closed: closing it is not enough while a
    /// child of this process, made by fork and not yet past its exec, has it open too.
    void remove(int descriptor) noexcept;

    /// Tells the listeners what has happened since.
    void dispatch() noexcept;

    /// The epoll set: readable when there is something to dispatch.
    int native_handle() const noexcept { return set_; }

private:
    int const set_;
};

}  // namespace fibercast
