#pragma once

#include "doorbell.hpp"
#include "reserved_memory.hpp"

#include <fibercast/runtime/detail/inbox.hpp>
#include <fibercast/runtime/detail/poller.hpp>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>

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

    /// The worker's fibers have had so many turns more.
    void took_turns(unsigned count) noexcept { turns_ += count; }
    /// Whether those were so many that it is time to look what has come.
    bool is_due() const noexcept { return turns_ >= turns_between_looks; }
    void looks() noexcept { turns_ = 0; }

private:
    using executor = boost::asio::io_context::executor_type;
    struct readiness;

    static constexpr unsigned turns_between_looks = 64;

    void watch_poller() noexcept;

    fibercast::poller poller_;
    reserved_memory wait_memory_;
    std::shared_ptr<fibercast::inbox> const inbox_;
    doorbell bell_;  // before `io_`, which may still hold its handler when it ends
    boost::asio::io_context io_;
    boost::asio::executor_work_guard<executor> work_;
    boost::asio::posix::basic_stream_descriptor<executor> watched_;
    unsigned turns_ = 0;
};

}  // namespace fibercast
