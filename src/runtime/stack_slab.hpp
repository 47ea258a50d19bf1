#pragma once

#include <fibercast/runtime/detail/stack_pool.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace fibercast {

/// One mapping, cut into stacks, and which of them are unused.
class stack_slab {
public:
    /// Throws `std::bad_alloc`, also when the guards cannot be set for want of memory. Without the
    /// kernel's own guards only so many stacks of the process have one: see `guards_all`.
    explicit stack_slab(stack_layout const& layout, bool kernel_guards = stack_pool::guards_all());
    ~stack_slab();
    stack_slab(stack_slab const&) = delete;
    stack_slab& operator=(stack_slab const&) = delete;

    std::byte* begin() const noexcept { return begin_; }
    bool holds(std::byte const* address) const noexcept;
    /// The low end of the stack that holds the address.
    std::byte* stack_at(std::byte const* address) const noexcept;

    std::size_t unused() const noexcept { return unused_.size(); }
    std::size_t used() const noexcept { return layout_.stacks_in_slab - unused(); }
    /// How many unused stacks have kept their memory.
    std::size_t warm() const noexcept { return unused() - cold_; }

    /// The low end of the unused stack that was used last.
    std::byte* take() noexcept;
    void put_back(std::byte* low) noexcept;

    /// Gives the memory of the unused stacks back to the system.
    void cool() noexcept;

    /// The pool's ring of slabs with unused stacks.
    stack_slab* next = nullptr;
    stack_slab* previous = nullptr;

private:
    /// False: there is no memory for them.
    bool install_guards() noexcept;
    bool map_guards() noexcept;
    void unmap() noexcept;
    std::size_t bytes() const noexcept { return layout_.stacks_in_slab * layout_.stride(); }

    stack_layout const layout_;
    std::byte* begin_;
    std::size_t mapped_guards_ = 0;
    std::vector<std::uint16_t> unused_;  // the back was used last; the first `cold_` have no memory
    std::size_t cold_;
};

}  // namespace fibercast
