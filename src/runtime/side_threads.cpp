#include <fibercast/runtime/detail/side_threads.hpp>

#include <fibercast/runtime/blocking.hpp>
#include <fibercast/runtime/worker.hpp>

#include <utility>

namespace fibercast {

side_threads::side_threads(unsigned count) {
    try {
        threads_.reserve(count);
        for (unsigned i = 0; i < count; ++i) threads_.emplace_back([this] { work(); });
    } catch (...) {
        join();
        throw;
    }
}

side_threads::~side_threads() { join(); }

void side_threads::run(task& what) noexcept {
    std::lock_guard const held(mutex_);
    waiting_.push_back(what);
    changed_.notify_one();
}

void side_threads::join() noexcept {
    {
        std::lock_guard const held(mutex_);
        ending_ = true;
        changed_.notify_all();
    }
    for (auto& each : threads_) each.join();
    threads_.clear();
}

void side_threads::work() noexcept {
    std::unique_lock held(mutex_);
    for (;;) {
        changed_.wait(held, [this] { return ending_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        task& next = waiting_.front();
        waiting_.pop_front();
        held.unlock();
        next.run();
        held.lock();
    }
}

side_threads* current_side_threads() noexcept {
    worker* const home = worker::current();
    return home != nullptr ? &home->side() : nullptr;
}

}  // namespace fibercast
