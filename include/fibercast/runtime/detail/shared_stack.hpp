#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/detail/outcome.hpp>
#include <fibercast/runtime/detail/stack_pool.hpp>

#include <boost/context/fiber.hpp>

#include <concepts>
#include <type_traits>

namespace fibercast {

/// A stack that the fibers of one worker lend each other for calls that go deep, so that each of
/// them gets along with the one page it has anyway. One thread at a time.
class FIBERCAST_API shared_stack {
public:
    explicit shared_stack(stack_pool& stacks);
    ~shared_stack();
    shared_stack(shared_stack const&) = delete;
    shared_stack& operator=(shared_stack const&) = delete;

    /// The current worker's; null on other threads, and for compact fibers, which have a large and
    /// warm stack anyway.
    static shared_stack* current() noexcept;

    /// Runs `function` there, or, while the stack is lent already, where it is: a function that
    /// suspends or calls this again makes the next one go deep on its fiber's own stack, no more.
    /// Returns what it returns, throws what it throws.
    template <std::invocable F>
    auto run(F function) {
        if (!inside_) return function();
        outcome<std::invoke_result_t<F>> result;
        auto body = [&] { result.capture(function); };
        enter({[](void* it) { (*static_cast<decltype(body)*>(it))(); }, &body});
        return result.take();
    }

private:
    struct call {
        void (*function)(void*) = nullptr;
        void* argument = nullptr;
    };

    void enter(call what);

    call asked_;  // without a function: end
    boost::context::fiber inside_;
};

/// Runs a function that goes deep, and should not suspend, on the stack that the worker's fibers
/// share; on a thread that is no worker, where it is.
template <std::invocable F>
auto on_shared_stack(F function) {
    shared_stack* const shared = shared_stack::current();
    return shared != nullptr ? shared->run(function) : function();
}

}  // namespace fibercast
