#include <fibercast/runtime/one_shot.hpp>

#include <fibercast/runtime/worker.hpp>

#include <utility>

namespace fibercast {

one_shot::one_shot() : home_(worker::current()) {
    if (home_ == nullptr) future_ = promise_.emplace().get_future();
}

void one_shot::set() {
    if (home_ == nullptr) {
        // Moved out first: the waiter may be gone before set_value returns.
        auto promise = std::move(*promise_);
        promise.set_value();
        return;
    }
    home_->post([this] {
        happened_ = true;
        spot_.unpark();
    });
}

bool one_shot::wait(deadline until) {
    if (home_ == nullptr) {
        if (until != never) return future_.wait_until(until) == std::future_status::ready;
        future_.wait();
        return true;
    }
    while (!happened_) {
        if (!spot_.park(until)) break;
    }
    return happened_;
}

}  // namespace fibercast
