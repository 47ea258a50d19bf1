#include "connection_table.hpp"

#include "http1/connection.hpp"

#include <fibercast/runtime/log.hpp>

#include <spdlog/logger.h>

#include <unistd.h>

#include <new>

namespace fibercast {

void connection_table::add(int fd) noexcept {
    try {
        fibers_.spawn([this, fd] { serve(fd); });
    } catch (std::bad_alloc const&) {
        log().error("no memory for another connection's stack; it is closed");
        ::close(fd);
        count_.fetch_sub(1, std::memory_order_relaxed);
    }
}

void connection_table::serve(int fd) {
    // Leaves the list and is counted out however serving ends.
    struct listed {
        connection_table& all;
        open_connection self;
        listed(connection_table& in, int from) : all(in), self(from) { all.open_.push_back(self); }
        ~listed() {
            all.open_.erase(all.open_.iterator_to(self));
            all.count_.fetch_sub(1, std::memory_order_relaxed);
        }
    } here(*this, fd);
    if (draining_) return;
    connection<socket>(here.self.socket, handler_, limits_).serve();
}

bool connection_table::drain(deadline until) {
    draining_ = true;
    // Not more than the end of input: it wakes who waits for a request, closes what a stream's body
    // watches, and lets everyone else finish before they notice.
    for (auto& each : open_) each.socket.shutdown_read();
    if (fibers_.join(until)) return true;
    log().warn("{} connections did not end in time and are cut", open_.size());
    for (auto& each : open_) each.socket.abort();
    fibers_.join();
    return false;
}

}  // namespace fibercast
