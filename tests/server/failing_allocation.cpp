#include "server/failing_allocation.hpp"

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::ptrdiff_t> left{0};  // until one fails; below 1: none does
std::atomic<std::size_t> live{0};
std::atomic<bool> others_count{false};
thread_local bool holder = false;
thread_local bool counting = false;

bool fails() noexcept {
    if (left.load(std::memory_order_relaxed) <= 0) return false;
    if (!(holder ? counting : others_count.load(std::memory_order_relaxed))) return false;
    return left.fetch_sub(1) == 1;
}

void* allocated(std::size_t size, std::size_t alignment = 0) noexcept {
    if (fails()) return nullptr;
    void* memory = nullptr;
    if (alignment == 0) {
        memory = std::malloc(size);
    } else if (::posix_memalign(&memory, alignment, size) != 0) {
        memory = nullptr;
    }
    if (memory != nullptr) live.fetch_add(1, std::memory_order_relaxed);
    return memory;
}

void freed(void* memory) noexcept {
    if (memory != nullptr) live.fetch_sub(1, std::memory_order_relaxed);
    std::free(memory);
}

void* needed(void* memory) {
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}

}  // namespace

// All of this program's allocations in C++. The array forms call these.
[[gnu::noinline]] void* operator new(std::size_t size) { return needed(allocated(size)); }
[[gnu::noinline]] void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    return allocated(size);
}
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t alignment) {
    return needed(allocated(size, static_cast<std::size_t>(alignment)));
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { freed(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { freed(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept { freed(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    freed(memory);
}

// Asio's handlers.
extern "C" void* aligned_alloc(std::size_t alignment, std::size_t size) {
    if (fails()) {
        errno = ENOMEM;
        return nullptr;
    }
    void* memory = nullptr;
    return ::posix_memalign(&memory, alignment, size) == 0 ? memory : nullptr;
}

failing_allocation::failing_allocation(std::size_t n) {
    holder = true;
    others_count = false;
    left = static_cast<std::ptrdiff_t>(n);
}

failing_allocation::~failing_allocation() {
    left = 0;
    holder = false;
}

bool failing_allocation::happened() const noexcept { return left <= 0; }

void failing_allocation::count_others() noexcept { others_count = true; }

void failing_allocation::count_mine(bool on) noexcept { counting = on; }

std::size_t live_allocations() noexcept { return live; }
