#include "stack_overflow.hpp"

#include <fibercast/runtime/detail/compact_fiber.hpp>
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

/// What to write when the fault is in the guard pages of a stack of this worker; else empty.
std::string_view diagnosis(worker& home, void const* address) noexcept {
    if (home.handler_stacks().is_guard(address) && this_stage.running != nullptr)
        return "fibercast: stack overflow: a compact fiber has used up its stack; give the workers "
               "a "
               "larger handler_stack_size\n";
    if (home.handler_stacks().is_guard(address))
        return "fibercast: stack overflow: a handler has used up its stack; give the server a "
               "larger handler_stack_size\n";
    if (home.stacks().is_guard(address))
        return "fibercast: fiber stack overflow: a fiber has used up its stack; give the workers a "
               "larger stack_size, or run what goes deep by on_handler_stack\n";
    return {};
}

void on_segmentation_fault(int, siginfo_t* info, void*) {
    worker* const home = worker::current();
    auto const message = home != nullptr ? diagnosis(*home, info->si_addr) : std::string_view();
    if (!message.empty()) {
        [[maybe_unused]] auto const written =
            ::write(STDERR_FILENO, message.data(), message.size());
        std::abort();
    }
    // The faulting instruction runs again, into that.
    ::sigaction(SIGSEGV, &previous_handler, nullptr);
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
