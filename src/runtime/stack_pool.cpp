#include <fibercast/runtime/detail/stack_pool.hpp>

#include "memory_advice.hpp"
#include "stack_slab.hpp"

#include <fibercast/runtime/worker.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#ifdef BOOST_USE_ASAN
#include <sanitizer/asan_interface.h>
#endif

namespace fibercast {
namespace {

std::size_t page_size() noexcept {
    static auto const size = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    return size;
}

std::size_t rounded_up(std::size_t bytes, std::size_t unit) noexcept {
    return (bytes + unit - 1) / unit * unit;
}

/// Four pages, so that one large frame hardly jumps over them. Having the compiler probe every page
/// of a frame (-fstack-clash-protection) is no way: Boost.Fiber's spinlock has a
/// std::random_device, 5 KiB, in the frame of each lock() for the sake of the first, and probing
/// that would touch a second page of every fiber.
std::size_t fiber_guard_size() noexcept { return 4 * page_size(); }

/// A fiber's last frames never return, so AddressSanitizer still has their borders marked when the
/// memory is used again.
void forget_frames([[maybe_unused]] std::byte* low, [[maybe_unused]] std::size_t bytes) noexcept {
#ifdef BOOST_USE_ASAN
    __asan_unpoison_memory_region(low, bytes);
#endif
}

}  // namespace

stack_layout stack_layout::of_fibers(std::size_t size) noexcept {
    auto const guard = fiber_guard_size();
    auto const whole = rounded_up(std::max(size, 2 * guard), page_size());
    return {.usable = whole - guard,
            .guard = guard,
            .stacks_in_slab = 256,
            .warm = 64,
            .stays_mapped = true,
            .most_mapped_guards = 8'192};
}

stack_layout stack_layout::of_handlers(std::size_t usable) noexcept {
    auto const whole = rounded_up(std::max(usable, fiber_guard_size()), page_size());
    return {.usable = whole,
            .guard = whole,
            .stacks_in_slab = 8,
            .warm = 16,
            .stays_mapped = false,
            .most_mapped_guards = 24'576};
}

stack_pool::stack_pool(stack_layout const& layout) : layout_(layout) {}

stack_pool::~stack_pool() = default;

bool stack_pool::guards_all() noexcept {
    static bool const supported = [] {
        auto const bytes = page_size();
        void* const probe =
            ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (probe == MAP_FAILED) return false;
        bool const installed = ::madvise(probe, bytes, MADV_GUARD_INSTALL) == 0;
        ::munmap(probe, bytes);
        return installed;
    }();
    return supported;
}

boost::context::stack_context stack_pool::allocate() {
    if (available_ == nullptr) grow();
    stack_slab& slab = *available_;
    if (slab.warm() != 0) --warm_;
    boost::context::stack_context stack;
    stack.sp = slab.take() + layout_.stride();
    stack.size = layout_.usable;
    if (slab.unused() == 0) unlist(slab);
    return stack;
}

void stack_pool::deallocate(boost::context::stack_context& stack) noexcept {
    // Called on another stack, so even the top page may go.
    auto* const low = static_cast<std::byte*>(stack.sp) - layout_.stride();
    forget_frames(low, layout_.stride());
    stack_slab& slab = *slab_of(low);
    if (&slab != available_) {
        if (slab.unused() != 0) unlist(slab);
        list(slab);
    }
    slab.put_back(low);
    ++warm_;
    if (warm_ > layout_.warm) trim(slab);
}

/// Few calls for many stacks: all of a slab when none is in use, and before that only when at least
/// as many have memory in vain as are in use, so that little is held for nothing.
void stack_pool::trim(stack_slab& slab) noexcept {
    if (slab.used() != 0 && slab.warm() < std::max(slab.used(), layout_.stacks_in_slab / 16))
        return;
    warm_ -= slab.warm();
    if (slab.used() != 0 || layout_.stays_mapped) {
        slab.cool();
    } else {
        unlist(slab);
        slabs_.erase(slab.begin());
    }
}

void stack_pool::grow() {
    auto slab = std::make_unique<stack_slab>(layout_);
    auto const place = slabs_.try_emplace(slab->begin(), nullptr).first;
    place->second = std::move(slab);
    list(*place->second);
}

void stack_pool::list(stack_slab& slab) noexcept {
    if (available_ == nullptr) {
        slab.next = slab.previous = &slab;
    } else {
        slab.next = available_;
        slab.previous = available_->previous;
        slab.previous->next = slab.next->previous = &slab;
    }
    available_ = &slab;
}

void stack_pool::unlist(stack_slab& slab) noexcept {
    slab.next->previous = slab.previous;
    slab.previous->next = slab.next;
    if (available_ == &slab) available_ = slab.next != &slab ? slab.next : nullptr;
}

stack_slab* stack_pool::slab_of(std::byte const* address) const noexcept {
    if (available_ != nullptr && available_->holds(address)) return available_;
    auto const found = slabs_.lower_bound(address);  // the last that begins at it or before it
    if (found == slabs_.end() || !found->second->holds(address)) return nullptr;
    return found->second.get();
}

std::byte* stack_pool::stack_at(std::byte const* address) const noexcept {
    stack_slab const* const slab = slab_of(address);
    return slab != nullptr ? slab->stack_at(address) : nullptr;
}

bool stack_pool::owns(void const* address) const noexcept {
    return slab_of(static_cast<std::byte const*>(address)) != nullptr;
}

bool stack_pool::is_guard(void const* address) const noexcept {
    auto const* const byte = static_cast<std::byte const*>(address);
    std::byte const* const low = stack_at(byte);
    return low != nullptr && byte < low + layout_.guard;
}

[[gnu::noinline]] void stack_pool::release_unused() noexcept {
    // The frames of this function and of madvise's wrapper must stay: 256 bytes are ample for both.
    auto* const here = static_cast<std::byte*>(__builtin_frame_address(0)) - 256;
    std::byte* const low = stack_at(here);
    if (low == nullptr) return;
    std::byte* const first = low + layout_.guard;
    auto const used = static_cast<std::size_t>(low + layout_.stride() - here);
    std::byte* const end = low + layout_.stride() - rounded_up(used, page_size());
    if (first < end) ::madvise(first, static_cast<std::size_t>(end - first), MADV_DONTNEED);
}

void release_unused_stack() noexcept {
    if (worker* const home = worker::current()) home->stacks().release_unused();
}

}  // namespace fibercast
