#include <fibercast/http/detail/channel_body.hpp>

#include <fibercast/runtime/worker.hpp>

#include <utility>

namespace fibercast {

channel_alarm::channel_alarm() : bell_(*worker::current(), [this] { rung(); }) {}

/// Not when it has been woken by something else meanwhile, and is at work.
void channel_alarm::rung() noexcept {
    if (again_ != nullptr) std::exchange(again_, nullptr)->ready();
}

}  // namespace fibercast
