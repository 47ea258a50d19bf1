#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/detail/compact_fiber.hpp>
#include <fibercast/runtime/detail/inbox.hpp>
#include <fibercast/runtime/detail/kept_call.hpp>
#include <fibercast/runtime/detail/outcome.hpp>
#include <fibercast/runtime/detail/side_threads.hpp>
#include <fibercast/runtime/detail/waiting.hpp>
#include <fibercast/runtime/one_shot.hpp>

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

namespace fibercast {

/// One call of `blocking()`. It lies in the waiting fiber's frame, or in a `kept_call`.
template <std::invocable F>
class blocking_call final : public task {
public:
    explicit blocking_call(F& function) : function_(function) {}

    auto run_on(side_threads& threads) {
        threads.run(*this);
        waits(wait_for::blocking);
        done_.wait();
        return outcome_.take();
    }

private:
    void run() noexcept override {
        outcome_.capture(function_);
        done_.set();
    }

    F& function_;
    outcome<std::invoke_result_t<F>> outcome_;
    one_shot done_;
};

/// The side threads of the calling thread's worker; null on any other thread.
FIBERCAST_API side_threads* current_side_threads() noexcept;

/// Runs a function that would block its thread (a database driver, a file, `getaddrinfo`) on a side
/// thread and suspends only the calling fiber. Returns what it returns, throws what it throws. On a
/// thread that is no worker there is nothing to keep free: the function runs where it is. For a
/// compact fiber the function is moved to the heap, and must not refer to its frames; throws
/// `std::bad_alloc` there.
///
/// Takes no deadline: nothing can interrupt a function that blocks, and it may use what is in the
/// caller's frame. If the foreign code knows a time limit, give it that.
template <std::invocable F>
auto blocking(F function) {
    side_threads* const threads = current_side_threads();
    if (threads == nullptr) return function();
    if (compact_fiber::current() != nullptr) {
        auto const kept = std::make_unique<kept_call<F, blocking_call<F>>>(std::move(function));
        return kept->call.run_on(*threads);
    }
    return blocking_call<F>(function).run_on(*threads);
}

}  // namespace fibercast
