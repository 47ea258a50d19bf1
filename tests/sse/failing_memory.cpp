#include "sse/failing_memory.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<int> countdown = 0;
std::atomic<std::size_t> refused_from = 0;
std::atomic<std::size_t> refused_to = 0;
std::atomic<int> refused = 0;

bool refuses(std::size_t size) noexcept {
    bool const its_turn = countdown > 0 && countdown.fetch_sub(1) == 1;
    if (!its_turn && (size < refused_from || size >= refused_to)) return false;
    ++refused;
    return true;
}

}  // namespace

failing_memory::failing_memory(int number, std::size_t from, std::size_t to) noexcept {
    refused = 0;
    refused_from = from;
    refused_to = to;
    countdown = number;
}

failing_memory::~failing_memory() {
    countdown = 0;
    refused_to = 0;
}

int failing_memory::failed() const noexcept { return refused; }

// All of this program's allocations. The array forms call these.
[[gnu::noinline]] void* operator new(std::size_t size) {
    if (!refuses(size)) {
        if (void* const memory = std::malloc(size)) return memory;
    }
    throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    return refuses(size) ? nullptr : std::malloc(size);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
