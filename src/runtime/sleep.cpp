#include <fibercast/runtime/sleep.hpp>

#include <fibercast/runtime/detail/compact_fiber.hpp>
#include <fibercast/runtime/detail/waiting.hpp>

#include <boost/fiber/operations.hpp>

namespace fibercast {

void sleep_until(deadline until) {
    if (auto* const self = compact_fiber::current()) {
        self->park(until, wait_for::time);
    } else {
        waits(wait_for::time);
        boost::this_fiber::sleep_until(until);
    }
}

void yield() {
    if (auto* const self = compact_fiber::current()) {
        self->yield();
    } else {
        boost::this_fiber::yield();
    }
}

}  // namespace fibercast
