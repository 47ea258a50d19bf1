#include <fibercast/runtime/detail/shared_stack.hpp>

#include <fibercast/runtime/detail/compact_fiber.hpp>
#include <fibercast/runtime/worker.hpp>

#include <utility>

namespace fibercast {

shared_stack::shared_stack(stack_pool& stacks)
    : inside_(std::allocator_arg, stack_allocator{stacks}, [this](boost::context::fiber&& outside) {
          while (asked_.function != nullptr) {
              asked_.function(asked_.argument);
              outside = std::move(outside).resume();
          }
          return std::move(outside);
      }) {}

shared_stack::~shared_stack() { enter({}); }

shared_stack* shared_stack::current() noexcept {
    worker* const home = worker::current();
    if (home == nullptr || on_stage(__builtin_frame_address(0))) return nullptr;
    return &home->shared_stack();
}

void shared_stack::enter(call what) {
    asked_ = what;
    inside_ = std::move(inside_).resume();
}

}  // namespace fibercast
