#include <fibercast/runtime/fiber_group.hpp>

#include "log_throttle.hpp"

#include <fibercast/runtime/log.hpp>

#include <spdlog/logger.h>

#include <cassert>

namespace fibercast {

fiber_group::~fiber_group() {
    assert(size() == 0 && "end what the fibers wait for, then join the group");
}

bool fiber_group::join(deadline until) {
    while (size() != 0) {
        if (!state_->joiner.park(until, wait_for::fibers)) break;
    }
    return size() == 0;
}

void fiber_group::report(std::exception_ptr failure, char const* what) noexcept {
    static log_throttle failures(100);
    auto const times = failures.next();
    if (!times) return;
    if (*times > 1)
        log().error("{} fibers and connections ended by exceptions, the last of them:", *times);
    try {
        std::rethrow_exception(failure);
    } catch (std::exception const& error) {
        // `:?` escapes: it may quote a peer.
        log().error("{} ended by an exception: {:?}", what, std::string_view(error.what()));
    } catch (...) {
        log().error("{} ended by an exception of an unknown type", what);
    }
}

}  // namespace fibercast
