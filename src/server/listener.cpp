#include "listener.hpp"

#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/log.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <spdlog/logger.h>

#include <chrono>
#include <cstring>
#include <utility>

namespace fibercast {
namespace {

/// How long accepting waits before it looks for room again. Meanwhile connections queue in the
/// kernel.
constexpr std::chrono::milliseconds pause_time{100};

/// A shortage that lasts is one line in so much time, not one for each pause.
constexpr std::chrono::seconds report_interval{10};

/// After so many connections in a row, those already accepted get a turn.
constexpr std::size_t connections_in_a_row = 64;

}  // namespace

void listener::start(listening_socket& from, std::size_t max) {
    max_ = max;
    ended_.emplace();
    home_.call([&] {
        acceptor_.emplace(from);
        try {
            home_.fibers().spawn([this] { accept(); });
        } catch (...) {
            acceptor_.reset();  // it belongs to the worker, which ends before us
            throw;
        }
    });
    started_ = true;
}

void listener::accept() noexcept {
    while (!closed_) {
        if (counters_.connections.load(std::memory_order_relaxed) >= max_) {
            pause("as many connections as allowed are open");
            continue;
        }
        // All listeners are on this worker and nothing suspends before the connection is counted, so
        // that there is still room.
        std::error_code error;
        int const fd = acceptor_->accept(error);
        if (fd >= 0) {
            resumed();
            deal(fd);
            continue;
        }
        if (error == std::errc::operation_would_block) {
            error = acceptor_->wait();
            if (!error) resumed();  // waiting may be what is impossible
        }
        // Trying again at once would burn a processor: the queue stays ready.
        if (error && !closed_) {
            pause(out_of_resources(error) ? "there are no more descriptors or buffers"
                                          : ::strerrordesc_np(error.value()));
        }
    }
    ended_->set();
}

void listener::deal(int fd) {
    counters_.connections.fetch_add(1, std::memory_order_relaxed);
    counters_.accepted.fetch_add(1, std::memory_order_relaxed);
    tables_[next_++ % tables_.size()].add(fd);
    if (next_ % connections_in_a_row == 0) yield();
}

void listener::pause(char const* reason) {
    if (!std::exchange(paused_, true)) counters_.pauses.fetch_add(1, std::memory_order_relaxed);
    if (auto const now = std::chrono::steady_clock::now(); now >= next_report_) {
        next_report_ = now + report_interval;
        reported_ = true;
        log().warn("accepting pauses: {} ({} connections are open)", reason,
                   counters_.connections.load());
    }
    pause_.park(after(pause_time), wait_for::connection);
}

void listener::resumed() {
    paused_ = false;
    if (std::exchange(reported_, false)) log().info("accepting again");
}

void listener::close() noexcept {
    if (!started_) return;
    closing_.ring();
    ended_->wait();
}

void listener::close_here() noexcept {
    closed_ = true;
    acceptor_->close();
    pause_.unpark();
}

}  // namespace fibercast
