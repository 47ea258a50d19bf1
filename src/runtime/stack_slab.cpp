#include "stack_slab.hpp"

#include "memory_advice.hpp"

#include <sys/mman.h>

#include <atomic>
#include <new>

namespace fibercast {
namespace {

/// Kernels without MADV_GUARD_INSTALL protect guards with mappings of their own, two for each
/// stack, and allow a process 65,530 mappings: so many stacks are guarded there, and the rest are
/// not.
constexpr int most_guard_mappings = 8192;

std::byte* map(std::size_t bytes) {
    void* const mapping = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (mapping == MAP_FAILED) throw std::bad_alloc();
    // One touched page must not become two megabytes.
    ::madvise(mapping, bytes, MADV_NOHUGEPAGE);
    return static_cast<std::byte*>(mapping);
}

bool set_guards(std::byte* begin, stack_layout const& layout) noexcept {
    if (stack_pool::guards_all()) {
        memory_advice guards(MADV_GUARD_INSTALL);
        for (std::size_t i = 0; i < layout.stacks_in_slab; ++i)
            guards.add(begin + i * layout.stride(), layout.guard);
        return guards.give();
    }
    static std::atomic<int> mappings = 0;
    for (std::size_t i = 0; i < layout.stacks_in_slab; ++i) {
        if (mappings.fetch_add(1, std::memory_order_relaxed) >= most_guard_mappings) break;
        if (::mprotect(begin + i * layout.stride(), layout.guard, PROT_NONE) != 0) return false;
    }
    return true;
}

}  // namespace

stack_slab::stack_slab(stack_layout const& layout)
    : layout_(layout), begin_(nullptr), cold_(layout.stacks_in_slab) {
    for (std::size_t i = layout.stacks_in_slab; i-- > 0;)
        unused_.push_back(static_cast<std::uint16_t>(i));
    begin_ = map(bytes());
    if (set_guards(begin_, layout_)) return;
    ::munmap(begin_, bytes());
    throw std::bad_alloc();
}

stack_slab::~stack_slab() { ::munmap(begin_, bytes()); }

bool stack_slab::holds(std::byte const* address) const noexcept {
    return address >= begin_ && address < begin_ + bytes();
}

std::byte* stack_slab::stack_at(std::byte const* address) const noexcept {
    auto const offset = static_cast<std::size_t>(address - begin_);
    return begin_ + offset / layout_.stride() * layout_.stride();
}

std::byte* stack_slab::take() noexcept {
    std::byte* const low = begin_ + unused_.back() * layout_.stride();
    unused_.pop_back();
    if (cold_ > unused()) cold_ = unused();
    return low;
}

void stack_slab::put_back(std::byte* low) noexcept {
    auto const offset = static_cast<std::size_t>(low - begin_);
    unused_.push_back(static_cast<std::uint16_t>(offset / layout_.stride()));  // has the capacity
}

void stack_slab::cool() noexcept {
    memory_advice unneeded(MADV_DONTNEED);  // guards survive it
    for (; cold_ < unused(); ++cold_)
        unneeded.add(begin_ + unused_[cold_] * layout_.stride() + layout_.guard, layout_.usable);
    unneeded.give();
}

}  // namespace fibercast
