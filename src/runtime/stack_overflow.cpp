#include "stack_overflow.hpp"

#include <fibercast/runtime/worker.hpp>

#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <mutex>
#include <string_view>

namespace fibercast {
namespace {

constexpr std::size_t signal_stack_bytes = 64 * 1024;

struct sigaction previous_handler;

void on_segmentation_fault(int, siginfo_t* info, void*) {
    worker* const home = worker::current();
    if (home != nullptr && home->stacks().is_guard(info->si_addr)) {
        constexpr std::string_view message =
            "fibercast: fiber stack overflow: a fiber has used up its stack; give the workers a "
            "larger stack_size\n";
        [[maybe_unused]] auto const written =
            ::write(STDERR_FILENO, message.data(), message.size());
        std::abort();
    }
    ::sigaction(SIGSEGV, &previous_handler,
                nullptr);  // the faulting instruction runs again, into that
}

void install_handler() {
    struct sigaction ours {};
    ours.sa_sigaction = on_segmentation_fault;
    ours.sa_flags = SA_SIGINFO | SA_ONSTACK;
    ::sigaction(SIGSEGV, &ours, &previous_handler);
}

}  // namespace

stack_overflow_report::stack_overflow_report() : signal_stack_(new std::byte[signal_stack_bytes]) {
    static std::once_flag installed;
    std::call_once(installed, install_handler);
    stack_t stack{};
    stack.ss_sp = signal_stack_.get();
    stack.ss_size = signal_stack_bytes;
    ::sigaltstack(&stack, nullptr);
}

stack_overflow_report::~stack_overflow_report() {
    stack_t disabled{};
    disabled.ss_flags = SS_DISABLE;
    ::sigaltstack(&disabled, nullptr);
}

}  // namespace fibercast
