#include <fibercast/runtime/detail/runners.hpp>

#include "event_loop.hpp"

#include <fibercast/runtime/sleep.hpp>
#include <fibercast/runtime/worker.hpp>

#include <cassert>
#include <chrono>
#include <new>
#include <utility>

namespace fibercast {

void runnable::ready() noexcept {
    if (running_) {
        ready_again_ = true;
    } else if (!is_ready()) {
        worker::current()->runners().add(*this);
    }
}

void runners::start() {
    fibers_.spawn([this] { serve(); });
    called_ = true;
}

void runners::add(runnable& what) noexcept {
    ready_.push_back(what);
    call_one();
}

void runners::end() noexcept {
    ended_ = true;
    retry_.cancel();
    for (auto& each : idle_) each.spot.unpark();
    idle_.clear();
    fibers_.join();
    assert(ready_.empty());
}

void runners::serve() noexcept {
    do {
        called_ = false;
        run_some();
    } while (rest());
}

/// While the first of several is run, another fiber is on its way: should it suspend, that one goes
/// on with the rest. And when these are through, it is that one's turn.
void runners::run_some() noexcept {
    for (unsigned count = 0; count < in_a_row && !ready_.empty(); ++count) {
        runnable& next = ready_.front();
        ready_.pop_front();
        if (!ready_.empty()) call_one();
        run(next);
        events_.turns().next();
    }
    if (!ready_.empty()) call_one();
}

void runners::run(runnable& next) noexcept {
    next.running_ = true;
    if (!next.run()) return;
    next.running_ = false;
    if (std::exchange(next.ready_again_, false)) add(next);
}

/// False: there are enough others.
bool runners::rest() noexcept {
    if (!ready_.empty() && !called_) {  // no other could be made
        yield();
        return true;
    }
    if (ended_ || idle_.size() >= most_idle) return false;
    idle here;
    idle_.push_front(here);
    here.spot.park(never, wait_for::work);
    return true;
}

/// When there is no memory for one more, those that there are run everything, a little later; should
/// they be suspended, there may be memory then.
void runners::call_one() noexcept {
    if (called_) return;
    if (!idle_.empty()) {
        idle_.front().spot.unpark();
        idle_.pop_front();
        called_ = true;
        return;
    }
    try {
        fibers_.spawn([this] { serve(); });
        called_ = true;
    } catch (std::bad_alloc const&) {
        if (!retry_.started()) retry_.start(after(std::chrono::milliseconds(1)));
    }
}

void runners::retry::passed() noexcept {
    if (!of_.ready_.empty()) of_.call_one();
}

}  // namespace fibercast
