#pragma once

#include <cstddef>
#include <cstdint>

#if defined(BOOST_USE_ASAN)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#define FIBERCAST_UNSEEN [[gnu::no_sanitize_address, gnu::noinline]]
#elif defined(BOOST_USE_TSAN)
#include <sanitizer/tsan_interface.h>
#define FIBERCAST_UNSEEN [[gnu::no_sanitize_thread, gnu::noinline]]
#else
#define FIBERCAST_UNSEEN
#endif

namespace fibercast {

/// What the sanitizers have to be told of a stage; nothing in other builds.
///
/// AddressSanitizer: the frames' shadow travels with them, and between fibers the whole stage is
/// poisoned, so that who points into the frames of a fiber that waits is found. ThreadSanitizer: each
/// fiber is one of its own.
class stage_sanitizer {
public:
#if defined(BOOST_USE_ASAN)
    /// Frames leave the stage as soon as their fiber waits.
    static constexpr bool eager = true;

    static constexpr std::size_t stored_size(std::size_t frames) noexcept {
        return frames + frames / 8;
    }
    FIBERCAST_UNSEEN static void save(std::byte* to, std::byte const* frames,
                                      std::size_t bytes) noexcept {
        copy(to, shadow(frames), bytes / 8);
    }
    FIBERCAST_UNSEEN static void restore(std::byte const* frames, std::byte const* from,
                                         std::size_t bytes) noexcept {
        copy(shadow(frames), from, bytes / 8);
    }
    static void open(std::byte* low, std::size_t size) noexcept {
        __asan_unpoison_memory_region(low, size);
    }
    static void shut(std::byte* low, std::size_t size) noexcept {
        __asan_poison_memory_region(low, size);
    }

    // On the carrier's stack.
    void enter(void*&, std::byte* low, std::size_t size) noexcept {
        __sanitizer_start_switch_fiber(&of_carrier_, low, size);
    }
    void entered() noexcept { __sanitizer_finish_switch_fiber(of_carrier_, nullptr, nullptr); }
    void ended(void*&) noexcept {}

    // On the stage.
    void begun() noexcept { __sanitizer_finish_switch_fiber(nullptr, &outside_, &outside_size_); }
    void leave(void*& fake) noexcept {
        __sanitizer_start_switch_fiber(&fake, outside_, outside_size_);
    }
    void came_back(void* fake) noexcept {
        __sanitizer_finish_switch_fiber(fake, &outside_, &outside_size_);
    }
    void leave_for_good() noexcept {
        __sanitizer_start_switch_fiber(nullptr, outside_, outside_size_);
    }

private:
    static std::byte* shadow(std::byte const* of) noexcept {
        std::size_t scale = 0, offset = 0;
        __asan_get_shadow_mapping(&scale, &offset);
        return reinterpret_cast<std::byte*>((reinterpret_cast<std::uintptr_t>(of) >> scale) +
                                            offset);
    }
    FIBERCAST_UNSEEN static void copy(std::byte* to, std::byte const* from,
                                      std::size_t bytes) noexcept {
        for (std::size_t i = 0; i < bytes; ++i) {
            to[i] = from[i];
            asm volatile("" : : : "memory");  // or it becomes a memcpy, which looks at the shadow's
        }
    }

    void* of_carrier_ = nullptr;
    void const* outside_ = nullptr;
    std::size_t outside_size_ = 0;
#else
    static constexpr bool eager = false;

    static constexpr std::size_t stored_size(std::size_t frames) noexcept { return frames; }
    static void save(std::byte*, std::byte const*, std::size_t) noexcept {}
    static void restore(std::byte const*, std::byte const*, std::size_t) noexcept {}
    static void open(std::byte*, std::size_t) noexcept {}
    static void shut(std::byte*, std::size_t) noexcept {}

#if defined(BOOST_USE_TSAN)
    void enter(void*& fiber, std::byte*, std::size_t) noexcept {
        carrier_ = __tsan_get_current_fiber();
        if (fiber == nullptr) fiber = __tsan_create_fiber(0);
        __tsan_switch_to_fiber(fiber, 0);
    }
    void entered() noexcept {}
    void ended(void* fiber) noexcept { __tsan_destroy_fiber(fiber); }
    void begun() noexcept {}
    void leave(void*) noexcept { __tsan_switch_to_fiber(carrier_, 0); }
    void came_back(void*) noexcept {}
    void leave_for_good() noexcept { __tsan_switch_to_fiber(carrier_, 0); }

    /// For a fiber that keeps the stage: it is the carrier that Boost has wait.
    void* keep() const noexcept {
        void* const fiber = __tsan_get_current_fiber();
        __tsan_switch_to_fiber(carrier_, 0);
        return fiber;
    }
    static void go_on(void* fiber) noexcept { __tsan_switch_to_fiber(fiber, 0); }

private:
    void* carrier_ = nullptr;
#else
    void enter(int, std::byte*, std::size_t) noexcept {}
    void entered() noexcept {}
    void ended(int) noexcept {}
    void begun() noexcept {}
    void leave(int) noexcept {}
    void came_back(int) noexcept {}
    void leave_for_good() noexcept {}
#endif
#endif
};

}  // namespace fibercast
