#include "support/catch.hpp"
#include "support/open_descriptors.hpp"

#include <fibercast/runtime/stop_signals.hpp>
#include <fibercast/runtime/worker_pool.hpp>

#include <poll.h>
#include <unistd.h>

#include <csignal>

namespace {

bool is_blocked(int signal) {
    sigset_t blocked;
    ::pthread_sigmask(SIG_BLOCK, nullptr, &blocked);
    return ::sigismember(&blocked, signal) == 1;
}

}  // namespace

TEST_CASE("signals that ask a program to stop are waited for, whichever thread they meet") {
    auto const before = open_descriptors();
    {
        fibercast::stop_signals signals;
        fibercast::worker_pool const workers({.workers = 2, .side_threads = 2});
        pollfd ready{signals.native_handle(), POLLIN, 0};
        CHECK(::poll(&ready, 1, 0) == 0);
        for (int const each : {SIGTERM, SIGINT}) {
            ::kill(::getpid(), each);  // to any thread that has it unblocked
            CHECK(::poll(&ready, 1, 10'000) == 1);
            CHECK(signals.wait() == each);
        }
        ::kill(::getpid(), SIGTERM);  // spent, though nobody asks for it
    }
    CHECK(open_descriptors() == before);
    CHECK_FALSE(is_blocked(SIGTERM));
    CHECK_FALSE(is_blocked(SIGINT));
}
