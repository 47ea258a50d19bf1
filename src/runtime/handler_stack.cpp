#include <fibercast/runtime/handler_stack.hpp>

#include <fibercast/runtime/worker.hpp>

#include <boost/context/fiber.hpp>

#include <memory>
#include <utility>

namespace fibercast {

void call_on_handler_stack(void (*function)(void*), void* argument) {
    worker* const home = worker::current();
    if (home == nullptr || home->handler_stacks().owns(__builtin_frame_address(0))) {
        function(argument);
        return;
    }
    // Boost.Fiber does not mind: what it saves of a fiber that suspends is the stack it is on.
    boost::context::fiber inside(std::allocator_arg, stack_allocator(home->handler_stacks()),
                                 [=](boost::context::fiber&& outside) {
                                     function(argument);
                                     return std::move(outside);
                                 });
    inside = std::move(inside).resume();
}

}  // namespace fibercast
