#include "fiber_footprint.hpp"

#include <boost/fiber/context.hpp>

namespace fibercast {
namespace {

constexpr std::size_t cache_line = 64;

/// Measured for a client's fiber: where it waits, its registers are saved 536 bytes below the frame
/// that called `here`, and its output, its peer and its socket lie in the frames above. With 8 lines
/// below and none above, a delivery costs 7 % more.
constexpr std::size_t frames_below = 10 * cache_line;
constexpr std::size_t frames_above = 8 * cache_line;

void prefetch_range(void const* from, std::size_t bytes) noexcept {
    auto const* const first = static_cast<std::byte const*>(from);
    for (std::size_t offset = 0; offset < bytes; offset += cache_line)
        __builtin_prefetch(first + offset, 1);
}

}  // namespace

void fiber_footprint::prefetch() const noexcept {
    if (control_ == nullptr) return;
    prefetch_range(control_, sizeof(boost::fibers::context));
    prefetch_range(frame_ - frames_below, frames_below + frames_above);
}

boost::fibers::context const* fiber_footprint::active() noexcept {
    return boost::fibers::context::active();
}

}  // namespace fibercast
