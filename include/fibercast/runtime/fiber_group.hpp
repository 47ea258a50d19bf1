#pragma once

#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>
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
class fiber_group {
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
                             entry<F>{this, std::move(function)})
            .detach();  // counted by this group, which is what owns it
        ++size_;
    }

    std::size_t size() const noexcept { return size_; }

    /// Suspends until no fiber is left (true) or the deadline has passed (false). One fiber at a
    /// time.
    bool join(deadline until = never);

private:
    template <typename F>
    struct entry {
        fiber_group* group;
        F function;

        void operator()() {
            try {
                std::move(function)();
            } catch (boost::context::detail::forced_unwind const&) {
                throw;
            } catch (...) {
                report(std::current_exception());
            }
            group->left();
        }
    };

    static void report(std::exception_ptr failure) noexcept;
    void left() noexcept;

    stack_pool& stacks_;
    std::size_t size_ = 0;
    parking_spot joiner_;
};

}  // namespace fibercast
