#include <fibercast/runtime/detail/stack_pool.hpp>

#include "support/catch.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>
#include <vector>

using fibercast::stack_pool;

namespace {

std::size_t const page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));

std::size_t const guard = 16 * 1024;

std::byte* top_of(boost::context::stack_context const& stack) {
    return static_cast<std::byte*>(stack.sp);
}

/// Whether the kernel can read the byte: asks without a fault.
bool readable(std::byte const* address) {
    int pipe[2];
    REQUIRE(::pipe(pipe) == 0);
    bool const written = ::write(pipe[1], address, 1) == 1;
    bool const fault = !written && errno == EFAULT;
    ::close(pipe[0]);
    ::close(pipe[1]);
    REQUIRE(written != fault);
    return written;
}

bool resident(std::byte* address) {
    auto* const first = address - reinterpret_cast<std::uintptr_t>(address) % page;
    unsigned char in_core = 0;
    REQUIRE(::mincore(first, page, &in_core) == 0);
    return (in_core & 1) != 0;
}

}  // namespace

TEST_CASE("a stack can be used from its top to its guard page") {
    stack_pool pool(64 * 1024);
    auto stack = pool.allocate();
    CHECK(stack.size == 64 * 1024 - guard);
    CHECK(reinterpret_cast<std::uintptr_t>(stack.sp) % page == 0);
    std::memset(top_of(stack) - stack.size, 0x5a, stack.size);
    CHECK(top_of(stack)[-1] == std::byte{0x5a});
    pool.deallocate(stack);
}

TEST_CASE("the guard page of a stack lies below it") {
    stack_pool pool(64 * 1024);
    auto stack = pool.allocate();
    auto* const low = top_of(stack) - stack.size;
    CHECK_FALSE(pool.is_guard(low));
    CHECK(pool.is_guard(low - 1));
    CHECK(pool.is_guard(low - guard));
    CHECK_FALSE(pool.is_guard(top_of(stack) - 1));
    CHECK_FALSE(pool.is_guard(&pool));
    CHECK_FALSE(pool.is_guard(nullptr));
    CHECK(readable(low));
    CHECK_FALSE(readable(low - 1));
    CHECK_FALSE(readable(low - guard));
    pool.deallocate(stack);
}

TEST_CASE("a stack keeps its guard page when it is used again") {
    stack_pool pool(32 * 1024);
    std::vector<boost::context::stack_context> all(1'500);
    for (int round = 0; round < 2; ++round) {
        for (auto& each : all) each = pool.allocate();
        auto const guarded = [](auto const& each) {
            return !readable(top_of(each) - each.size - 1);
        };
        CHECK(std::all_of(all.begin(), all.end(), guarded));
        for (auto& each : all) pool.deallocate(each);
    }
}

TEST_CASE("the stack that was used last is used again first") {
    stack_pool pool;
    auto first = pool.allocate();
    auto second = pool.allocate();
    void* const first_top = first.sp;
    void* const second_top = second.sp;
    pool.deallocate(first);
    pool.deallocate(second);
    CHECK(pool.allocate().sp == second_top);
    CHECK(pool.allocate().sp == first_top);
}

TEST_CASE("no two stacks overlap") {
    stack_pool pool(32 * 1024);
    std::set<std::byte*> tops;
    for (int i = 0; i < 1'000; ++i) tops.insert(top_of(pool.allocate()));
    REQUIRE(tops.size() == 1'000);
    auto const close = [](std::byte* one, std::byte* next) { return next - one < 32 * 1024; };
    CHECK(std::adjacent_find(tops.begin(), tops.end(), close) == tops.end());
}

TEST_CASE("a stack's size is rounded up to pages") {
    CHECK(stack_pool(64 * 1024 + 1).allocate().size == 64 * 1024 + page - guard);
    CHECK(stack_pool(0).allocate().size >= 3 * page);
}

TEST_CASE("only so many unused stacks keep their memory") {
    stack_pool pool(32 * 1024);
    std::vector<boost::context::stack_context> all(1'500);
    for (auto& each : all) {
        each = pool.allocate();
        top_of(each)[-1] = std::byte{1};
    }
    // Some stacks of the last slab are free already, and count.
    for (auto& each : all) pool.deallocate(each);
    auto const warm = std::count_if(all.begin(), all.end(),
                                    [](auto const& each) { return resident(top_of(each) - 1); });
    CHECK(warm > 900);
    CHECK(warm <= 1'024);
}
