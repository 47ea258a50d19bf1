#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <thread>

namespace fibercast::app {

/// Takes the signals that ask a program to end, SIGINT and SIGTERM, and the one that asks it to
/// look at its files again, SIGHUP, unless that was ignored.
class signal_watch {
public:
    using handler = std::function<void(int signal)>;

    /// Some senders, such as timeout(1), signal a process and then its group: what comes so soon
    /// after the first signal is taken for the same.
    static constexpr std::chrono::milliseconds echo_time{50};

    /// `first` is called for the first signal to end and `again` for every other, `reload` for each
    /// SIGHUP, all on a thread of its own. The calling thread, and those it starts later, are not
    /// interrupted by these signals any more.
    signal_watch(handler first, handler again, std::function<void()> reload);
    ~signal_watch();
    signal_watch(signal_watch const&) = delete;
    signal_watch& operator=(signal_watch const&) = delete;

private:
    void wait();
    void on_signal(int signal);

    boost::asio::io_context io_;
    boost::asio::signal_set signals_;
    handler const first_;
    handler const again_;
    std::function<void()> const reload_;
    std::optional<std::chrono::steady_clock::time_point> begun_;
    std::thread thread_;
};

}  // namespace fibercast::app
