#include <fibercast/runtime/worker.hpp>

#include "event_loop.hpp"
#include "scheduler.hpp"
#include "stack_overflow.hpp"

#include <fibercast/runtime/detail/waiting.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <pthread.h>
#include <signal.h>

#include <cassert>
#include <exception>
#include <optional>
#include <string>

namespace fibercast {
namespace {

thread_local worker* current_worker = nullptr;

/// Signals belong to the threads of the application: a worker interrupted by one would see its
/// system calls fail with EINTR. Faults stay, they belong to the thread that causes them.
void block_signals() {
    sigset_t set;
    ::sigfillset(&set);
    for (int const fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP})
        ::sigdelset(&set, fault);
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

}  // namespace

struct worker::start {
    one_shot over;
    std::exception_ptr failure;
};

worker::worker(unsigned index, stack_sizes const& sizes, side_threads& side)
    : index_(index),
      side_(side),
      loop_(std::make_unique<event_loop>()),
      handle_(loop_->inbox()),
      stacks_(stack_layout::of_fibers(sizes.fiber)),
      handler_stacks_(stack_layout::of_handlers(sizes.handler)),
      shared_stack_(stacks_),
      fibers_(stacks_),
      runners_(stacks_, *loop_),
      timeouts_(stacks_),
      asked_again_(*this, [this] { main_fiber_.unpark(); }) {
    start begun;
    thread_ = std::thread([this, &begun] { run(begun); });
    begun.over.wait();
    if (begun.failure == nullptr) return;
    thread_.join();
    std::rethrow_exception(begun.failure);
}

worker::~worker() {
    if (!thread_.joinable()) return;
    stop();
    wait_idle();
    join();
}

worker* worker::current() noexcept { return current_worker; }

turns& worker::turns() noexcept { return loop_->turns(); }

poller& worker::poller() noexcept { return loop_->poller(); }

boost::asio::io_context& worker::io() noexcept { return loop_->io(); }

void worker::at_stop(std::function<void()> function) {
    if (!stopping_) {
        at_stop_.push_back(std::move(function));
    } else {
        // Too late for the list, and what it ends must not be joined first.
        fibers_.spawn(std::move(function));
    }
}

void worker::add_local(local_object const& what) { locals_.push_back(what); }

void worker::remove_local(void const* key) noexcept {
    std::erase_if(locals_, [=](local_object const& each) { return each.key == key; });
}

void* worker::local(void const* key) const noexcept {
    for (auto const& each : locals_) {
        if (each.key == key) return each.object;
    }
    return nullptr;
}

void worker::stop() noexcept {
    asked_ = request::stop;
    asked_again_.ring();
}

void worker::wait_idle() { idle_.get_future().wait(); }

void worker::join() {
    assert(current() != this);
    asked_ = request::exit;
    asked_again_.ring();
    thread_.join();
}

void worker::run(start& started) {
    std::optional<stack_overflow_report> report;
    try {
        block_signals();
        ::pthread_setname_np(::pthread_self(), ("worker-" + std::to_string(index_)).c_str());
        report.emplace();
        current_worker = this;
        schedule_fibers_with(*loop_);
        runners_.start();
        timeouts_.start();
    } catch (...) {
        started.failure = std::current_exception();
    }
    if (started.failure != nullptr) end_own_fibers();  // here, for that suspends
    bool const failed = started.failure != nullptr;
    started.over.set();
    if (failed) return;
    serve();
    end_fibers();
    close();
    wait_is_over();  // or Boost would destroy what it takes for a pointer
}

void worker::serve() {
    while (asked_ == request::none) main_fiber_.park(never, wait_for::work);
}

void worker::end_fibers() {
    stopping_ = true;
    while (!at_stop_.empty()) {
        auto const function = std::move(at_stop_.back());
        at_stop_.pop_back();
        function();
    }
    fibers_.join();
    idle_.set_value();
    while (asked_ != request::exit) main_fiber_.park(never, wait_for::work);
}

/// What was asked of this worker before the inbox closes is done, and its fibers have ended.
void worker::close() {
    fibers_.join();
    while (!handle_.inbox()->close_if_empty()) {
        yield();
        fibers_.join();
    }
    end_own_fibers();
    for (; !locals_.empty(); locals_.pop_back()) {
        auto const& last = locals_.back();
        last.end(const_cast<void*>(last.key), last.object);
    }
}

void worker::end_own_fibers() noexcept {
    timeouts_.end();
    runners_.end();
}

}  // namespace fibercast
