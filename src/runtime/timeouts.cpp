#include <fibercast/runtime/detail/timeouts.hpp>

#include <fibercast/runtime/worker.hpp>

#include <chrono>

namespace fibercast {

void timeout::start(deadline at) noexcept {
    cancel();
    at_ = at;
    if (at != never) worker::current()->timeouts().add(*this);
}

void timeouts::start() {
    fibers_.spawn([this] { serve(); });
}

void timeouts::add(timeout& what) noexcept {
    auto const place = all_.insert(what);
    if (place == all_.begin()) waiting_.unpark();
}

void timeouts::end() noexcept {
    ended_ = true;
    waiting_.unpark();
    fibers_.join();
    all_.clear();
}

void timeouts::serve() noexcept {
    while (!ended_) {
        if (all_.empty()) {
            waiting_.park(never, wait_for::work);
            continue;
        }
        timeout& first = *all_.begin();
        if (first.at() > std::chrono::steady_clock::now()) {
            waiting_.park(first.at(), wait_for::work);
            continue;
        }
        first.cancel();
        first.passed();
    }
}

}  // namespace fibercast
