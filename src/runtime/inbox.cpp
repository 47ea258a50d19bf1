#include <fibercast/runtime/detail/inbox.hpp>

#include "doorbell.hpp"

namespace fibercast {

using lock = std::lock_guard<std::mutex>;

// The bell is rung under the mutex: as soon as it is free the task may run, and who waits for the
// task may then end it, the worker and the bell.
bool inbox::push(task& what) noexcept {
    lock const held(mutex_);
    if (bell_ == nullptr) return false;
    waiting_.push_back(what);
    bell_->ring();
    return true;
}

void inbox::remove(task& what) noexcept {
    lock const held(mutex_);
    if (what.is_linked()) waiting_.erase(waiting_.iterator_to(what));
}

void inbox::run_next() noexcept {
    task* next = nullptr;
    {
        lock const held(mutex_);
        if (waiting_.empty()) return;
        next = &waiting_.front();
        waiting_.pop_front();
        if (!waiting_.empty()) bell_->ring();
    }
    next->run();
}

bool inbox::close_if_empty() noexcept {
    lock const held(mutex_);
    if (!waiting_.empty()) return false;
    bell_ = nullptr;
    return true;
}

}  // namespace fibercast
