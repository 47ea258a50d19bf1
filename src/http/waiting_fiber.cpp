#include <fibercast/http/detail/waiting_fiber.hpp>

#include <fibercast/runtime/detail/stack_pool.hpp>

#include <utility>

namespace fibercast {

void waiting_fiber::wait() {
    if (!std::exchange(settled_, true)) release_unused_stack();
    while (!std::exchange(ran_, false)) spot_.park(never, wait_for::event);
}

}  // namespace fibercast
