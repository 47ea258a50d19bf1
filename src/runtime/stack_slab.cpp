#include "stack_slab.hpp"

#include "memory_advice.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <new>

namespace fibercast {
namespace {

/// How many stacks of the process have a guard that is a mapping of its own.
std::atomic<std::size_t> mapped_guards = 0;

/// As many as there may still be, at most `wanted`.
std::size_t take_mapped_guards(std::size_t wanted, std::size_t most) noexcept {
    auto taken = mapped_guards.load(std::memory_order_relaxed);
    std::size_t more = 0;
    do more = std::min(wanted, most - std::min(most, taken));
    while (!mapped_guards.compare_exchange_weak(taken, taken + more, std::memory_order_relaxed));
    return more;
}

std::byte* map(std::size_t bytes) {
    void* const mapping = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (mapping == MAP_FAILED) throw std::bad_alloc();
    // One touched page must not become two megabytes.
    ::madvise(mapping, bytes, MADV_NOHUGEPAGE);
    return static_cast<std::byte*>(mapping);
}

}  // namespace

stack_slab::stack_slab(stack_layout const& layout, bool kernel_guards)
    : layout_(layout), begin_(nullptr), cold_(layout.stacks_in_slab) {
    for (std::size_t i = layout.stacks_in_slab; i-- > 0;)
        unused_.push_back(static_cast<std::uint16_t>(i));
    begin_ = map(bytes());
    if (kernel_guards ? install_guards() : map_guards()) return;
    unmap();
    throw std::bad_alloc();
}

stack_slab::~stack_slab() { unmap(); }

bool stack_slab::install_guards() noexcept {
    memory_advice guards(MADV_GUARD_INSTALL);
    for (std::size_t i = 0; i < layout_.stacks_in_slab; ++i)
        guards.add(begin_ + i * layout_.stride(), layout_.guard);
    return guards.give();
}

bool stack_slab::map_guards() noexcept {
    mapped_guards_ = take_mapped_guards(layout_.stacks_in_slab, layout_.most_mapped_guards);
    for (std::size_t i = 0; i < mapped_guards_; ++i) {
        if (::mprotect(begin_ + i * layout_.stride(), layout_.guard, PROT_NONE) != 0) return false;
    }
    return true;
}

void stack_slab::unmap() noexcept {
    ::munmap(begin_, bytes());
    mapped_guards.fetch_sub(mapped_guards_, std::memory_order_relaxed);
}

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
