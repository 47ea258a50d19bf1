#include <fibercast/runtime/worker.hpp>

#include "scheduler.hpp"
#include "stack_overflow.hpp"

#include <boost/asio/detail/concurrency_hint.hpp>

#include <pthread.h>
#include <signal.h>

#include <cassert>
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

worker::worker(unsigned index, std::size_t stack_size, boost::asio::thread_pool& side_threads)
    : index_(index),
      side_threads_(side_threads),
      // Posting from other threads stays safe; descriptors are touched by this worker's thread
      // only.
      io_(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO),
      work_(io_.get_executor()),
      poller_(io_),
      stacks_(stack_size),
      shared_stack_(stacks_),
      fibers_(stacks_),
      thread_([this] { run(); }) {}

worker::~worker() {
    if (!thread_.joinable()) return;
    stop();
    wait_idle();
    join();
}

worker* worker::current() noexcept { return current_worker; }

void worker::at_stop(std::function<void()> function) {
    if (asked_ == request::none) {
        at_stop_.push_back(std::move(function));
    } else {
        fibers_.spawn(std::move(
            function));  // too late for the list, and what it ends must not be joined first
    }
}

void worker::stop() { ask(request::stop); }

void worker::wait_idle() { idle_.get_future().wait(); }

void worker::join() {
    assert(current() != this);
    ask(request::exit);
    thread_.join();
}

void worker::ask(request asked) {
    post([this, asked] {
        asked_ = asked;
        main_fiber_.unpark();
    });
}

void worker::run() {
    block_signals();
    ::pthread_setname_np(::pthread_self(), ("worker-" + std::to_string(index_)).c_str());
    stack_overflow_report const report;
    current_worker = this;
    schedule_fibers_with(io_);
    while (asked_ == request::none) main_fiber_.park();
    while (!at_stop_.empty()) {
        auto const function = std::move(at_stop_.back());
        at_stop_.pop_back();
        function();
    }
    fibers_.join();
    idle_.set_value();
    while (asked_ != request::exit) main_fiber_.park();
    fibers_.join();
}

}  // namespace fibercast
