#pragma once

#include <boost/context/stack_context.hpp>

#include <cstddef>
#include <set>
#include <vector>

namespace fibercast {

/// The default size of a fiber's stack. Address space, not memory: only pages that were touched are
/// backed. Sanitizers make frames several times larger.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr std::size_t default_stack_size = 256 * 1024;
#else
inline constexpr std::size_t default_stack_size = 64 * 1024;
#endif

/// The stacks of one worker's fibers: cut from large mappings, each with guard pages at its low
/// end, used again last-in first-out. One thread. Must outlive every fiber that runs on its stacks.
class stack_pool {
public:
    /// `stack_size` counts the 16 KiB of guard pages and is rounded up to whole pages.
    explicit stack_pool(std::size_t stack_size = default_stack_size);
    ~stack_pool();
    stack_pool(stack_pool const&) = delete;
    stack_pool& operator=(stack_pool const&) = delete;

    /// Throws `std::bad_alloc` when the address space or the memory is used up.
    boost::context::stack_context allocate();
    void deallocate(boost::context::stack_context& stack) noexcept;

    /// Whether this kernel can guard any number of stacks (`MADV_GUARD_INSTALL`, Linux 6.13). Where
    /// it cannot, the first 8192 stacks of the process are guarded, and a fiber that overflows
    /// another runs into the next stack unnoticed.
    static bool guards_all() noexcept;

    /// Gives back the pages of the calling fiber's stack that lie below its frames.
    void release_unused() noexcept;

    /// Whether an address lies in the guard pages of one of these stacks. May be called by a signal
    /// handler that interrupted a fiber of this thread.
    bool is_guard(void const* address) const noexcept;

private:
    static constexpr std::size_t stacks_per_slab = 256;

    std::size_t slab_bytes() const noexcept { return stacks_per_slab * stack_size_; }
    void grow();

    /// The low end of the stack that holds the address; null when none of ours does.
    std::byte* stack_at(std::byte const* address) const noexcept;

    std::size_t const stack_size_;
    std::set<std::byte*> slabs_;
    std::vector<std::byte*> free_;  // low ends of unused stacks; the back was used last
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
/// fiber then keeps the one page its frames are on. Does nothing on other threads' stacks.
void release_unused_stack() noexcept;

}  // namespace fibercast
