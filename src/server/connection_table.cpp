#include "connection_table.hpp"

#include "serve.hpp"

#include <fibercast/runtime/log.hpp>

#include <spdlog/logger.h>

#include <unistd.h>

#include <new>
#include <utility>

namespace fibercast {
namespace {

/// However serving ends.
struct counted_out {
    server_counters& counters;
    ~counted_out() { counters.connections.fetch_sub(1, std::memory_order_relaxed); }
};

}  // namespace

void connection_table::start() {
    drained_.emplace();
    home_.call([this] {
        asked_to_drain_.emplace();
        home_.fibers().spawn([this] { drain(); });
    });
    started_ = true;
}

void connection_table::add(int fd) noexcept {
    if (&home_ == worker::current()) return serve(fd);
    try {
        std::lock_guard const lock(mutex_);
        arrivals_.push_back(fd);
    } catch (std::bad_alloc const&) {
        return refuse(fd);
    }
    arrived_.ring();
}

void connection_table::serve_arrivals() noexcept {
    {
        std::lock_guard const lock(mutex_);
        taken_.swap(arrivals_);
    }
    for (int const fd : taken_) serve(fd);
    taken_.clear();
}

void connection_table::serve(int fd) noexcept {
    try {
        fibers_.spawn([this, fd] {
            counted_out const at_the_end{counters_};
            if (draining_) {
                ::close(fd);
            } else {
                fibercast::serve(fd, open_, at_, answer_, counters_.requests);
            }
        });
    } catch (std::bad_alloc const&) {
        refuse(fd);
    }
}

void connection_table::refuse(int fd) noexcept {
    ::close(fd);
    counters_.connections.fetch_sub(1, std::memory_order_relaxed);
    counters_.refused.fetch_add(1, std::memory_order_relaxed);
    if (auto const times = counters_.refusals.next()) {
        log().error("connections closed because there was no memory for them: {}", *times);
    }
}

void connection_table::begin_drain(deadline until) noexcept {
    if (!started_) return;
    until_ = until;
    asked_to_drain_->set();
}

bool connection_table::wait_drained() noexcept {
    if (started_) drained_->wait();
    return !cut_;
}

void connection_table::drain() noexcept {
    asked_to_drain_->wait();
    serve_arrivals();
    draining_ = true;
    for (auto& each : open_) each.end();
    if (!fibers_.join(until_)) {
        std::size_t left = 0;
        for (auto& each : open_) left += each.cut() ? 1 : 0;
        cut_ = left != 0;
        counters_.cut.fetch_add(left, std::memory_order_relaxed);
        if (cut_)
            log().warn("{} connection{} did not end in time: cut", left, left == 1 ? "" : "s");
        fibers_.join();
    }
    drained_->set();
}

}  // namespace fibercast
