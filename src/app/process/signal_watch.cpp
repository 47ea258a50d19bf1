#include "signal_watch.hpp"

#include <pthread.h>
#include <signal.h>

#include <initializer_list>
#include <utility>

namespace fibercast::app {
namespace {

bool is_ignored(int signal) {
    struct sigaction current {};
    return ::sigaction(signal, nullptr, &current) == 0 && current.sa_handler == SIG_IGN;
}

void block(std::initializer_list<int> signals) {
    sigset_t set;
    ::sigemptyset(&set);
    for (int const each : signals) ::sigaddset(&set, each);
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

}  // namespace

signal_watch::signal_watch(handler first, handler again, std::function<void()> reload)
    : io_(1),
      signals_(io_, SIGINT, SIGTERM),
      first_(std::move(first)),
      again_(std::move(again)),
      reload_(std::move(reload)) {
    if (!is_ignored(SIGHUP)) signals_.add(SIGHUP);  // nohup asks for that
    wait();
    thread_ = std::thread([this] { io_.run(); });
    block({SIGINT, SIGTERM, SIGHUP});
}

signal_watch::~signal_watch() {
    io_.stop();
    thread_.join();
}

void signal_watch::wait() {
    signals_.async_wait([this](boost::system::error_code error, int signal) {
        if (error) return;
        on_signal(signal);
        wait();
    });
}

void signal_watch::on_signal(int signal) {
    if (signal == SIGHUP) return reload_();
    auto const now = std::chrono::steady_clock::now();
    if (!begun_) {
        begun_ = now;
        first_(signal);
    } else if (now - *begun_ >= echo_time) {
        again_(signal);
    }
}

}  // namespace fibercast::app
