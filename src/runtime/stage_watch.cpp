#include "stage_watch.hpp"

#include <fibercast/runtime/log.hpp>

#include <spdlog/logger.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace fibercast {

void keeps_stage() noexcept {
    static std::atomic<bool> said = false;
    if (said.exchange(true, std::memory_order_relaxed)) return;
    log().warn(
        "a compact fiber waits at something in its own frames: the other compact fibers of "
        "its worker wait too (said once; see runtime/compact.hpp)");
}

void waits_unknown() noexcept {
#ifndef NDEBUG
    std::fputs(
        "fibercast: a compact fiber waits in a way that the library does not know, such as a "
        "mutex or a future of Boost.Fiber: see runtime/compact.hpp\n",
        stderr);
    std::abort();
#else
    static std::atomic<bool> said = false;
    if (said.exchange(true, std::memory_order_relaxed)) return;
    log().error(
        "a compact fiber waits in a way that the library does not know: the other compact "
        "fibers of its worker wait too (said once; see runtime/compact.hpp)");
#endif
}

}  // namespace fibercast
