#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/compact.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/compact_fiber.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/detail/settled.hpp>
#include <fibercast/runtime/detail/stack_pool.hpp>

#include <boost/fiber/fiber.hpp>

#include <concepts>
#include <cstddef>
#include <exception>
#include <memory>
#include <utility>

namespace fibercast {

/// Owns the fibers spawned through it; nothing is detached. All members belong to one worker
/// thread.
///
/// A function that throws ends its fiber, and the exception is logged: nobody else could see it.
/// Declare a group after everything its fibers use. It must be empty when it is destroyed: end what
/// its fibers wait for, then `join`.
class FIBERCAST_API fiber_group {
public:
    /// The group's fibers take their stacks from `stacks`, which must outlive them.
    explicit fiber_group(stack_pool& stacks) : stacks_(stacks) {}
    ~fiber_group();
    fiber_group(fiber_group const&) = delete;
    fiber_group& operator=(fiber_group const&) = delete;

    /// Starts a fiber that runs `function`, after the caller has suspended. Keep captures to 16
    /// bytes: more of them push the control block over a cache line pair. Throws `std::bad_alloc`
    /// when there is no memory for a stack.
    template <std::invocable F>
    void spawn(F function) {
        boost::fibers::fiber(std::allocator_arg, stack_allocator{stacks_},
                             entry<F>{state_.get(), std::move(function)})
            .detach();  // counted by this group, which is what owns it
        ++state_->size;
    }

    /// Starts a compact fiber, under the contract of `compact`. Throws `std::bad_alloc`.
    template <std::invocable F>
    void spawn(compact_tag, F function) {
        emplace<F>(compact, std::move(function));
    }

    /// The same for a function object that is made of these arguments where it stays until it has
    /// returned: what is in it, others may point to. It must be smaller than 2 KiB.
    template <std::invocable F, typename... Arguments>
    void emplace(compact_tag, Arguments&&... arguments) {
        compact_entry<F>::start(*state_, std::forward<Arguments>(arguments)...);
        ++state_->size;
    }

    std::size_t size() const noexcept { return state_->size; }

    /// Suspends until no fiber is left (true) or the deadline has passed (false). One fiber at a
    /// time.
    bool join(deadline until = never);

    /// What is said of an exception that has ended a fiber, or `what` was run in one.
    static void report(std::exception_ptr failure, char const* what = "a fiber") noexcept;

private:
    /// What the fibers point to.
    struct state {
        void left() noexcept {
            if (--size == 0) joiner.unpark();
        }

        std::size_t size = 0;
        parking_spot joiner;
    };

    template <typename F>
    static void run(F& function) {
        try {
            std::move(function)();
        } catch (boost::context::detail::forced_unwind const&) {
            throw;
        } catch (...) {
            report(std::current_exception());
        }
    }

    template <typename F>
    struct entry {
        state* group;
        F function;

        void operator()() {
            run(function);
            group->left();
        }
    };

    template <typename F>
    class compact_entry final : public compact_fiber {
    public:
        template <typename... Arguments>
        static void start(state& group, Arguments&&... arguments) {
            static_assert(sizeof(compact_entry) <= 2048 && alignof(compact_entry) <= unit,
                          "what is large belongs into the heap");
            place const where = allocate(kind);
            compact_entry* made = nullptr;
            try {
                made = ::new (where.block)
                    compact_entry(where, group, std::forward<Arguments>(arguments)...);
            } catch (...) {
                release(where);
                throw;
            }
            made->compact_fiber::start();
        }

    private:
        template <typename... Arguments>
        compact_entry(place where, state& group, Arguments&&... arguments)
            : compact_fiber(kind, where),
              group_(group),
              function_(std::forward<Arguments>(arguments)...) {}
        ~compact_entry() {}

        /// What is left of the fiber is the carrier's.
        static void run(compact_fiber& fiber) noexcept {
            auto& self = static_cast<compact_entry&>(fiber);
            fiber_group::run(self.function_);
            std::destroy_at(&self.function_);
            self.group_.left();
        }

        static compact_kind kind;

        state& group_;
        union {
            F function_;
        };
    };

    stack_pool& stacks_;
    settled<state> state_;
};

template <typename F>
constinit compact_kind fiber_group::compact_entry<F>::kind{
    &run, (sizeof(compact_entry) + unit - 1) / unit* unit};

}  // namespace fibercast
