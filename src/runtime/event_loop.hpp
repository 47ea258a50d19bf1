#pragma once

#include "doorbell.hpp"
#include "reserved_memory.hpp"
#include "turns.hpp"

#include <fibercast/runtime/detail/inbox.hpp>
#include <fibercast/runtime/detail/poller.hpp>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <cstdint>
#include <memory>

namespace fibercast {

/// What a worker sleeps in: Asio's loop, with the worker's poller as one descriptor of it and the
/// worker's inbox behind a bell. Nothing that runs here again and again takes memory: there is
/// nobody who could be told that there is none.
class event_loop {
public:
    /// Throws `std::system_error`.
    event_loop();
    ~event_loop();
    event_loop(event_loop const&) = delete;
    event_loop& operator=(event_loop const&) = delete;

    boost::asio::io_context& io() noexcept { return io_; }
    fibercast::poller& poller() noexcept { return poller_; }
    std::shared_ptr<fibercast::inbox> const& inbox() const noexcept { return inbox_; }

    /// Any thread. Ends a sleep in `io`, also one that is about to begin.
    void wake() noexcept { bell_.ring(); }

    /// Those of the worker's fibers.
    fibercast::turns& turns() noexcept { return turns_; }
    /// Whether they have had so many that it is time to look what has come.
    bool is_due() const noexcept { return turns_.count() - looked_at_ >= turns_between_looks; }
    /// The next turn is the event loop's.
    void looks() noexcept {
        turns_.next(nullptr);
        looked_at_ = turns_.count();
    }

private:
    using executor = boost::asio::io_context::executor_type;
    struct readiness;

    static constexpr std::uint32_t turns_between_looks = 64;

    void watch_poller() noexcept;

    fibercast::poller poller_;
    reserved_memory wait_memory_;
    std::shared_ptr<fibercast::inbox> const inbox_;
    doorbell bell_;  // before `io_`, which may still hold its handler when it ends
    boost::asio::io_context io_;
    boost::asio::executor_work_guard<executor> work_;
    boost::asio::posix::basic_stream_descriptor<executor> watched_;
    // On lines that no other thread writes.
    alignas(64) fibercast::turns turns_;
    std::uint32_t looked_at_ = 0;
};

}  // namespace fibercast
