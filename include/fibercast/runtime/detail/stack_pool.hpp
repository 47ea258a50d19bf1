#pragma once

#include <fibercast/api.hpp>

#include <boost/context/stack_context.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>

namespace fibercast {

class stack_slab;

/// The default size of a fiber's stack. Address space, not memory: only pages that were touched are
/// backed. Sanitizers make frames several times larger.
#if defined(BOOST_USE_ASAN) || defined(BOOST_USE_TSAN)
inline constexpr std::size_t default_stack_size = 256 * 1024;
inline constexpr std::size_t default_handler_stack_size = 4 * 1024 * 1024;
#else
inline constexpr std::size_t default_stack_size = 64 * 1024;
inline constexpr std::size_t default_handler_stack_size = 1024 * 1024;
#endif

/// How the stacks of a pool lie in its mappings, and how many it keeps at hand. Whole pages.
struct FIBERCAST_API stack_layout {
    /// What a fiber may use.
    std::size_t usable;
    /// Below that: touching it ends the program. A frame larger than this may jump over it.
    std::size_t guard;
    /// How many are cut from one mapping.
    std::size_t stacks_in_slab;
    /// How many unused stacks keep their memory for the next fibers.
    std::size_t warm;
    /// Whether a mapping none of whose stacks is in use stays, without memory but for its page tables:
    /// new fibers then take it as it is, with its guards.
    bool stays_mapped;
    /// Where guards have to be mappings (see `guards_all`): no more stacks get one when the process
    /// has so many. Each makes two mappings of one, and the kernel allows a process 65,530.
    std::size_t most_mapped_guards;

    std::size_t stride() const noexcept { return guard + usable; }

    /// For fibers, which are many and need little: `size` counts the 16 KiB of guard pages.
    static stack_layout of_fibers(std::size_t size) noexcept;

    /// For handlers, which are few at a time and may go deep. The guard is as large as the stack, so
    /// that no frame jumps over it which would fit into an empty one.
    static stack_layout of_handlers(std::size_t usable) noexcept;
};

/// The stacks of one worker's fibers: cut from large mappings, each with guard pages at its low
/// end, used again last-in first-out. One thread. Must outlive every fiber that runs on its stacks.
///
/// What is not used any more goes back to the system: the memory of a mapping as soon as none of its
/// stacks is in use, of single stacks when half of their mapping is unused; but not of the last few.
class FIBERCAST_API stack_pool {
public:
    explicit stack_pool(stack_layout const& layout);
    explicit stack_pool(std::size_t stack_size = default_stack_size)
        : stack_pool(stack_layout::of_fibers(stack_size)) {}
    ~stack_pool();
    stack_pool(stack_pool const&) = delete;
    stack_pool& operator=(stack_pool const&) = delete;

    /// Throws `std::bad_alloc` when the address space or the memory is used up.
    boost::context::stack_context allocate();
    void deallocate(boost::context::stack_context& stack) noexcept;

    /// Whether this kernel can guard any number of stacks (`MADV_GUARD_INSTALL`, Linux 6.13). Where
    /// it cannot, a fiber's stack is guarded while fewer than 8192 stacks of the process are, and a
    /// handler's while fewer than 24,576 are; who overflows another runs into the next unnoticed.
    static bool guards_all() noexcept;

    /// Gives back the pages of the calling fiber's stack that lie below its frames.
    void release_unused() noexcept;

    /// Whether an address lies in one of these stacks, guard pages included.
    bool owns(void const* address) const noexcept;

    /// Whether an address lies in the guard pages of one of these stacks. May be called by a signal
    /// handler that interrupted a fiber of this thread.
    bool is_guard(void const* address) const noexcept;

private:
    void grow();
    void trim(stack_slab& slab) noexcept;
    void list(stack_slab& slab) noexcept;
    void unlist(stack_slab& slab) noexcept;

    /// The mapping that holds the address; null when none of ours does.
    stack_slab* slab_of(std::byte const* address) const noexcept;
    /// The low end of the stack that holds the address; null when none of ours does.
    std::byte* stack_at(std::byte const* address) const noexcept;

    stack_layout const layout_;
    std::map<std::byte const*, std::unique_ptr<stack_slab>, std::greater<>> slabs_;
    // Of a ring of those with unused stacks, the one that got a stack last; null when there is none.
    stack_slab* available_ = nullptr;
    std::size_t warm_ = 0;  // unused stacks that have kept their memory
};

/// The handle Boost.Context copies into each fiber: one pointer, to keep that copy small.
class stack_allocator {
public:
    explicit stack_allocator(stack_pool& pool) noexcept : pool_(&pool) {}
    boost::context::stack_context allocate() { return pool_->allocate(); }
    void deallocate(boost::context::stack_context& stack) noexcept { pool_->deallocate(stack); }

private:
    stack_pool* pool_;
};

/// Gives the pages below the caller's frame back to the system, if a fiber of a worker calls. Worth
/// a system call before a long wait that follows deep calls, such as parsing a request: a waiting
/// fiber then keeps the one page its frames are on. Does nothing on other threads' stacks, and
/// nothing inside `on_handler_stack`.
FIBERCAST_API void release_unused_stack() noexcept;

}  // namespace fibercast
