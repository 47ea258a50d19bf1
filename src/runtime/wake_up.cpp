#include <fibercast/runtime/wake_up.hpp>

#include <fibercast/runtime/worker.hpp>

#include <utility>

namespace fibercast {

wake_up::wake_up(worker& home, std::function<void()> function)
    : inbox_(home.handle().inbox()), bell_(std::move(function)) {}

wake_up::~wake_up() { inbox_->remove(bell_); }

void wake_up::ring() noexcept {
    // Nothing of this object is touched once the task is in the inbox: it may run, and end us.
    if (!bell_.rung.exchange(true, std::memory_order_acq_rel)) inbox_->push(bell_);
}

void wake_up::ringing::run() noexcept {
    rung.exchange(false, std::memory_order_acq_rel);  // before: a ring from now on is another
    function();
}

}  // namespace fibercast
