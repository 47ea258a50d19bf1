#include "connection_table.hpp"

#include "make_connection.hpp"

#include <fibercast/runtime/log.hpp>

#include <spdlog/logger.h>

#include <unistd.h>

#include <new>
#include <utility>

namespace fibercast {

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
    if (draining_) {
        ::close(fd);
        return count_out();
    }
    if (!home_.runners().prepare()) return refuse(fd);
    try {
        auto made = make_connection(fd, *this, how_);
        open_.push_back(*made);
        ++size_;
        made.release()->ready();
    } catch (std::bad_alloc const&) {
        refuse(fd);
    }
}

void connection_table::connection_ended() noexcept {
    count_out();
    if (--size_ == 0) emptied_.unpark();
}

void connection_table::count_out() noexcept {
    counters_.connections.fetch_sub(1, std::memory_order_relaxed);
}

void connection_table::refuse(int fd) noexcept {
    if (fd >= 0) ::close(fd);
    count_out();
    counters_.refused.fetch_add(1, std::memory_order_relaxed);
    if (auto const times = counters_.refusals.next()) {
        log().error("connections closed because there was no memory for them: {}", *times);
    }
}

bool connection_table::wait_empty(deadline until) noexcept {
    while (size_ != 0) {
        if (!emptied_.park(until)) break;
    }
    return size_ == 0;
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
    if (!wait_empty(until_)) {
        std::size_t left = 0;
        for (auto& each : open_) left += each.cut() ? 1 : 0;
        cut_ = left != 0;
        counters_.cut.fetch_add(left, std::memory_order_relaxed);
        if (cut_)
            log().warn("{} connection{} did not end in time: cut", left, left == 1 ? "" : "s");
        wait_empty(never);
    }
    drained_->set();
}

}  // namespace fibercast
