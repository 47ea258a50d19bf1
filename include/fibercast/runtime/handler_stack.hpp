#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/detail/outcome.hpp>

#include <concepts>
#include <type_traits>

namespace fibercast {

/// Calls `function(argument)`, which must not throw, on a large stack of the worker, or where it is
/// when it is on one already or on no worker. Throws `std::bad_alloc` when there is none.
FIBERCAST_API void call_on_handler_stack(void (*function)(void*), void* argument);

/// Runs a function that may go deep, up to `worker_pool::options::handler_stack_size` (1 MiB unless
/// told otherwise), and may suspend: on a large stack that the calling fiber borrows meanwhile.
/// Handlers run this way. A function that goes on inside such a call shares its stack; on a thread
/// that is no worker it runs where it is. Returns what it returns, throws what it throws, and
/// `std::bad_alloc` when there is no stack to borrow.
template <std::invocable F>
auto on_handler_stack(F function) {
    outcome<std::invoke_result_t<F>> result;
    auto body = [&] { result.capture(function); };
    call_on_handler_stack([](void* it) { (*static_cast<decltype(body)*>(it))(); }, &body);
    return result.take();
}

}  // namespace fibercast
