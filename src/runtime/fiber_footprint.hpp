#pragma once

#include <cstddef>

namespace boost::fibers {
class context;
}

namespace fibercast {

/// The memory that resuming one fiber touches first: its control block, its innermost frames and
/// what those use in the frames above. Among very many fibers none of that is in the cache, and
/// loading it ahead takes a fifth off the time of a wake-up.
class fiber_footprint {
public:
    /// Of no fiber: `prefetch` does nothing.
    fiber_footprint() = default;

    /// Of the calling fiber, which is going to wait in calls made by the caller of this function.
    /// Valid until that caller returns.
    [[gnu::always_inline]] static fiber_footprint here() noexcept {
        return {active(), static_cast<std::byte const*>(__builtin_frame_address(0))};
    }

    /// Starts loading. The same thread only.
    void prefetch() const noexcept;

private:
    fiber_footprint(boost::fibers::context const* control, std::byte const* frame) noexcept
        : control_(control), frame_(frame) {}
    static boost::fibers::context const* active() noexcept;

    boost::fibers::context const* control_ = nullptr;
    std::byte const* frame_ = nullptr;
};

}  // namespace fibercast
