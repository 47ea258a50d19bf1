#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/wait_for.hpp>

#include <boost/context/detail/fcontext.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace fibercast {

class carrier;
class channel_waiters;
class compact_fiber;

/// A place in a list of those that wait at a channel.
class FIBERCAST_API channel_place {
public:
    channel_place(channel_place const&) = delete;
    channel_place& operator=(channel_place const&) = delete;

protected:
    explicit channel_place(bool is_compact) noexcept : compact_(is_compact) {}
    ~channel_place() = default;

private:
    friend class carrier;
    friend class channel_waiters;
    friend class compact_fiber;

    channel_place* next_ = nullptr;
    channel_place* previous_ = nullptr;  // null: it does not wait
    bool const compact_;                 // it is a compact fiber
};

/// What compact fibers that run functions of one type have in common.
struct compact_kind {
    /// Runs the function and destroys it. On the stage.
    void (*run)(compact_fiber& self) noexcept;
    /// Of a fiber with its function, in bytes: whole units of 16.
    std::uint32_t size;
    /// How many bytes their frames took lately when they waited: the next gets a block with so much
    /// room, so that waiting takes it no memory.
    std::atomic<std::uint32_t> room = 0;
};

/// Of one thread: the stack addresses that its compact fibers share, and who is there.
struct stage_view {
    /// The exceptions that are being handled: `__cxa_eh_globals` of the Itanium C++ ABI.
    struct exceptions {
        void* caught = nullptr;
        unsigned uncaught = 0;
    };

    std::uintptr_t low = 0;
    std::size_t size = 0;
    compact_fiber* running = nullptr;  // null also while a fiber keeps the stage and waits
    carrier* home = nullptr;
    exceptions* handled = nullptr;
    boost::context::detail::fcontext_t carrier_stack = nullptr;
    std::array<std::size_t, wait_for_count> waiting{};  // how many, by what they wait for

    bool hold(void const* address) const noexcept {
        return reinterpret_cast<std::uintptr_t>(address) - low < size;
    }
};
FIBERCAST_API extern constinit thread_local stage_view this_stage;

/// Whether an object lies in the frames of the compact fiber that is calling.
inline bool on_stage(void const* object) noexcept { return this_stage.hold(object); }

/// A fiber that keeps no stack while it waits: see `compact`. This is what is left of it then, with
/// its function behind it in the same block, and mostly its frames behind that. All of it belongs to
/// its carrier's thread, unless a member says otherwise.
class FIBERCAST_API compact_fiber : public channel_place {
public:
    /// The caller; null when that is no compact fiber, or one that keeps the stage.
    static compact_fiber* current() noexcept {
        return this_stage.running != nullptr ? if_on_stage() : nullptr;
    }

    /// The following are for the running fiber itself.

    /// Suspends until `wake` (true) or until the deadline has passed (false).
    bool park(deadline until = never, wait_for what = wait_for::something) noexcept {
        return park(until, what, nullptr);
    }
    /// The same, at a list that the fiber has been added to; who takes it from there wakes it.
    bool park_in(channel_waiters& list, deadline until, wait_for what) noexcept {
        return park(until, what, &list);
    }
    /// Lets all others have a turn.
    void yield() noexcept;
    /// Whether it was given an item while it was parked at a channel; once.
    bool was_handed_over() noexcept { return std::exchange(handed_over_, false); }

    /// Makes it ready if it is parked and its deadline has not passed: true.
    bool wake() noexcept;

    /// Any thread: makes the fiber ready that the caller has taken from a list.
    void taken() noexcept;

protected:
    /// Of sizes, in bytes.
    static constexpr std::size_t unit = 16;

    /// Where a fiber of this kind goes.
    struct place {
        void* block;
        std::size_t room;  // behind it, for its frames
    };

    compact_fiber(compact_kind& kind, place where) noexcept;
    ~compact_fiber() = default;

    /// In the heap of the calling worker. Throws `std::bad_alloc`.
    static place allocate(compact_kind const& kind);
    static void release(place unused) noexcept;
    void start() noexcept;

private:
    friend class carrier;
    friend class channel_waiters;
    friend class compact_deadlines;
    friend class stage;

    bool park(deadline until, wait_for what, channel_waiters* list) noexcept {
        parked_ = true;
        waits_for_ = what;
        ++this_stage.waiting[static_cast<std::size_t>(what)];
        timed_out_ = false;
        if (until != never) add_deadline(until, list);
        leave();
        return !timed_out_;
    }
    [[gnu::noinline]] void add_deadline(deadline until, channel_waiters* list) noexcept;

#if defined(BOOST_USE_ASAN) || defined(BOOST_USE_TSAN)
    void leave() noexcept;
#else
    /// Back to the carrier, until it has the fiber run again. In line, for what is copied is the
    /// smaller; and whatever exception was being handled is so again.
    void leave() noexcept {
        auto const handled = *this_stage.handled;
        this_stage.carrier_stack =
            boost::context::detail::jump_fcontext(this_stage.carrier_stack, nullptr).fctx;
        *this_stage.handled = handled;
    }
#endif

    static compact_fiber* if_on_stage() noexcept;

    static constexpr std::uint32_t none = ~std::uint32_t{};

    std::byte* own_frames() noexcept { return reinterpret_cast<std::byte*>(this) + kind_->size; }
    bool has_block_of_frames() noexcept { return frames_ != own_frames(); }
#if defined(BOOST_USE_ASAN) || defined(BOOST_USE_TSAN)
    void*& for_sanitizer() noexcept { return for_sanitizer_; }
#else
    static int for_sanitizer() noexcept { return 0; }
#endif

    // All in one line of the cache. `next_` is that of the one list or queue that it is in.
    bool parked_ = false;
    bool timed_out_ = false;
    bool handed_over_ = false;
    wait_for waits_for_ = wait_for::turn;  // while it is parked
    std::uint8_t own_room_;                // behind the function, in units
    carrier* home_;                        // null: it has ended
    void* stack_ = nullptr;                // where its registers are saved; null: it has not begun
    std::byte* frames_;
    compact_kind* const kind_;
    std::uint32_t room_;             // for frames, there
    std::uint32_t deadline_ = none;  // its place among the carrier's
#if defined(BOOST_USE_ASAN) || defined(BOOST_USE_TSAN)
    void* for_sanitizer_ = nullptr;
#endif
};

/// While one lives the calling compact fiber, if the caller is one, keeps the stage when it waits:
/// for waits that leave others with pointers into the frames.
class stage_hold {
public:
    stage_hold() noexcept : running_(compact_fiber::current()) {
        if (running_ != nullptr) this_stage.running = nullptr;
    }
    ~stage_hold() {
        if (running_ != nullptr) this_stage.running = running_;
    }
    stage_hold(stage_hold const&) = delete;
    stage_hold& operator=(stage_hold const&) = delete;

private:
    compact_fiber* const running_;
};

}  // namespace fibercast
