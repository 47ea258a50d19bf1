#include <fibercast/runtime/one_shot.hpp>

#include <fibercast/runtime/worker.hpp>

namespace fibercast {

one_shot::one_shot() {
    if (worker* const home = worker::current()) wake_.emplace(*home, [this] { happened(); });
}

void one_shot::set() noexcept {
    if (wake_) {
        wake_->ring();
        return;
    }
    // Told under the mutex: the waiter may destroy both as soon as it has it.
    std::lock_guard const held(mutex_);
    happened_ = true;
    changed_.notify_one();
}

void one_shot::happened() noexcept {
    happened_ = true;
    spot_.unpark();
}

bool one_shot::wait(deadline until) {
    if (wake_) {
        while (!happened_) {
            if (!spot_.park(until, wait_for::other_thread)) break;
        }
        return happened_;
    }
    std::unique_lock held(mutex_);
    auto const is_set = [this] { return happened_; };
    if (until != never) return changed_.wait_until(held, until, is_set);
    changed_.wait(held, is_set);
    return true;
}

}  // namespace fibercast
