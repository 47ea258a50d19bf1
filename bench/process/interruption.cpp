#include "process/interruption.hpp"

#include <algorithm>
#include <csignal>
#include <thread>

namespace bench {
namespace {

volatile std::sig_atomic_t interrupted = 0;

}  // namespace

void note_interruptions() {
    struct sigaction action {};
    action.sa_handler = [](int) { interrupted = 1; };
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

void throw_if_interrupted() {
    if (interrupted) throw interruption{};
}

void pause_for(std::chrono::milliseconds duration) {
    using clock = std::chrono::steady_clock;
    auto const end = clock::now() + duration;
    while (clock::now() < end) {
        throw_if_interrupted();
        std::this_thread::sleep_for(std::min<clock::duration>(end - clock::now(), longest_wait));
    }
}

}  // namespace bench
