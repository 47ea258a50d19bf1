#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/closable.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/detail/poller.hpp>
#include <fibercast/runtime/detail/settled.hpp>
#include <fibercast/runtime/runnable.hpp>

#include <cstdint>
#include <system_error>

namespace fibercast {

/// An open non-blocking descriptor of the calling worker. All waiting for the network happens here.
///
/// Whoever uses it tries the system call first and waits only when it would block; readiness is
/// reported as changes, so a wait without a try before may never end. One fiber waits at a time.
class FIBERCAST_API descriptor final {
public:
    /// Owns `fd` and reports its readiness through the current worker's poller. When that fails,
    /// the reason is returned by every wait. In a fiber of a worker, which must outlive it. Throws
    /// `std::bad_alloc` in the frames of a compact fiber only, and has closed `fd` then.
    explicit descriptor(int fd);
    ~descriptor();
    descriptor(descriptor const&) = delete;
    descriptor& operator=(descriptor const&) = delete;

    int native_handle() const noexcept { return state_->fd; }

    /// Suspends until the descriptor may have become ready, was closed
    /// (`errc::operation_canceled`), or the deadline has passed (`errc::timed_out`).
    [[nodiscard]] std::error_code wait(deadline until = never, wait_for what = wait_for::input);

    /// Makes `what` ready as `wait` would wake a fiber, once; without a deadline. Null ends that.
    void when_ready(runnable* what) noexcept { state_->waiting = what; }
    /// Why nobody would be told.
    std::error_code failure() const noexcept { return state_->failure; }

    /// Closes. A waiting fiber wakes up. Idempotent.
    void close() noexcept;

    bool waiting() const noexcept { return state_->spot.occupied(); }

    /// Closes `target` as soon as the peer has ended its side or the connection has failed, at once
    /// if it already has. It must live until the next call; null watches nothing.
    void close_when_ended(closable* target) noexcept;

    /// Acts as if the peer had ended its side: whatever watches for that is closed, and a waiting
    /// fiber wakes up.
    void end() noexcept;

private:
    /// What the poller and others point to.
    struct state final : ready_listener {
        explicit state(int of);

        void end() noexcept;
        void wake() noexcept;
        void on_ready(std::uint32_t events) noexcept override;

        fibercast::poller& poller;  // kept: the thread that closes may be no worker
        int fd;
        bool ended = false;  // the peer's side has ended; edges are not repeated, so it is kept
        std::error_code const failure;
        parking_spot spot;
        runnable* waiting = nullptr;
        closable* ended_target = nullptr;
    };

    settled<state> state_;
};

}  // namespace fibercast
