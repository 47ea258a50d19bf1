#include <fibercast/runtime/detail/stack_pool.hpp>

#include <fibercast/runtime/worker.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <iterator>
#include <new>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102  // linux/mman.h since 6.13; Debian 12's headers are older
#endif

namespace fibercast {
namespace {

/// Unused stacks keep their memory up to this many, for the next connections; beyond it they give
/// it back.
constexpr std::size_t warm_stacks = 1024;

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
std::size_t guard_size() noexcept { return 4 * page_size(); }

/// Kernels without MADV_GUARD_INSTALL protect guards with mappings of their own, two for each
/// stack, and allow a process 65,530 mappings: so many stacks are guarded there, and the rest are
/// not.
constexpr int most_guard_mappings = 8192;

bool install_light_guard(std::byte* low) noexcept {
    return ::madvise(low, guard_size(), MADV_GUARD_INSTALL) == 0;
}

void install_guard(std::byte* low) noexcept {
    static std::atomic<int> mappings = 0;
    if (stack_pool::guards_all()) {
        install_light_guard(low);
    } else if (mappings.fetch_add(1, std::memory_order_relaxed) < most_guard_mappings) {
        ::mprotect(low, guard_size(), PROT_NONE);
    }
}

/// A fiber's last frames never return, so AddressSanitizer still has their borders marked when the
/// memory is used again.
void forget_frames([[maybe_unused]] std::byte* low, [[maybe_unused]] std::size_t bytes) noexcept {
#ifdef __SANITIZE_ADDRESS__
    __asan_unpoison_memory_region(low, bytes);
#endif
}

}  // namespace

stack_pool::stack_pool(std::size_t stack_size)
    : stack_size_(rounded_up(std::max(stack_size, 2 * guard_size()), page_size())) {}

stack_pool::~stack_pool() {
    for (std::byte* const slab : slabs_) ::munmap(slab, slab_bytes());
}

bool stack_pool::guards_all() noexcept {
    static bool const supported = [] {
        auto const bytes = guard_size();
        void* const probe =
            ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (probe == MAP_FAILED) return false;
        bool const installed = install_light_guard(static_cast<std::byte*>(probe));
        ::munmap(probe, bytes);
        return installed;
    }();
    return supported;
}

boost::context::stack_context stack_pool::allocate() {
    if (free_.empty()) grow();
    boost::context::stack_context stack;
    stack.sp = free_.back() + stack_size_;
    stack.size = stack_size_ - guard_size();
    free_.pop_back();
    return stack;
}

void stack_pool::deallocate(boost::context::stack_context& stack) noexcept {
    // Called on the dispatcher's stack, so even the top page may go. It goes before the stack is
    // listed as free; a guard survives MADV_DONTNEED.
    auto* const low = static_cast<std::byte*>(stack.sp) - stack_size_;
    forget_frames(low, stack_size_);
    if (free_.size() >= warm_stacks)
        ::madvise(low + guard_size(), stack_size_ - guard_size(), MADV_DONTNEED);
    free_.push_back(low);  // within the capacity that grow reserved
}

void stack_pool::grow() {
    // Room for all stacks, so that deallocate never allocates; doubled, so that growing stays
    // linear.
    auto const stacks = (slabs_.size() + 1) * stacks_per_slab;
    if (free_.capacity() < stacks) free_.reserve(2 * stacks);
    void* const mapping = ::mmap(nullptr, slab_bytes(), PROT_READ | PROT_WRITE,
                                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (mapping == MAP_FAILED) throw std::bad_alloc();
    ::madvise(mapping, slab_bytes(),
              MADV_NOHUGEPAGE);  // one touched page must not become two megabytes
    auto* const slab = static_cast<std::byte*>(mapping);
    try {
        slabs_.insert(slab);
    } catch (...) {
        ::munmap(mapping, slab_bytes());
        throw;
    }
    for (std::size_t i = stacks_per_slab; i-- > 0;) {
        std::byte* const low = slab + i * stack_size_;
        install_guard(low);
        free_.push_back(low);
    }
}

std::byte* stack_pool::stack_at(std::byte const* address) const noexcept {
    auto const above = slabs_.upper_bound(const_cast<std::byte*>(address));
    if (above == slabs_.begin()) return nullptr;
    std::byte* const slab = *std::prev(above);
    auto const offset = static_cast<std::size_t>(address - slab);
    return offset < slab_bytes() ? slab + offset / stack_size_ * stack_size_ : nullptr;
}

bool stack_pool::is_guard(void const* address) const noexcept {
    auto const* const byte = static_cast<std::byte const*>(address);
    std::byte const* const low = stack_at(byte);
    return low != nullptr && byte < low + guard_size();
}

[[gnu::noinline]] void stack_pool::release_unused() noexcept {
    // The frames of this function and of madvise's wrapper must stay: 256 bytes are ample for both.
    auto* const here = static_cast<std::byte*>(__builtin_frame_address(0)) - 256;
    std::byte* const low = stack_at(here);
    if (low == nullptr) return;
    std::byte* const first = low + guard_size();
    auto const used = static_cast<std::size_t>(low + stack_size_ - here);
    std::byte* const end = low + stack_size_ - rounded_up(used, page_size());
    if (first < end) ::madvise(first, static_cast<std::size_t>(end - first), MADV_DONTNEED);
}

void release_unused_stack() noexcept {
    if (worker* const home = worker::current()) home->stacks().release_unused();
}

}  // namespace fibercast
