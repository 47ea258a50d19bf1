#include <fibercast/runtime/detail/timeouts.hpp>

#include <fibercast/runtime/sleep.hpp>
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

/// Very many may pass at the same moment: others have a turn now and then.
void timeouts::serve() noexcept {
    constexpr unsigned most_at_once = 64;
    for (unsigned passed = 0; !ended_;) {
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
        if (++passed % most_at_once == 0) yield();
    }
}

}  // namespace fibercast
