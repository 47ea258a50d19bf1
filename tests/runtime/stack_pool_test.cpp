#include <fibercast/runtime/detail/stack_pool.hpp>

#include "support/catch.hpp"
#include "support/readable.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <random>
#include <set>
#include <vector>

using fibercast::stack_pool;

namespace {

std::size_t const page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));

std::size_t const guard = 16 * 1024;

std::byte* top_of(boost::context::stack_context const& stack) {
    return static_cast<std::byte*>(stack.sp);
}

bool resident(std::byte* address) {
    auto* const first = address - reinterpret_cast<std::uintptr_t>(address) % page;
    unsigned char in_core = 0;
    if (::mincore(first, page, &in_core) == 0) return (in_core & 1) != 0;
    REQUIRE(errno == ENOMEM);  // the mapping is gone
    return false;
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
    for (auto& each : all) pool.deallocate(each);
    auto const warm = std::count_if(all.begin(), all.end(),
                                    [](auto const& each) { return resident(top_of(each) - 1); });
    CHECK(warm <= 64);
    CHECK(warm > 0);
}

TEST_CASE("what unused stacks keep follows what is used, wherever that lies") {
    constexpr std::size_t count = 5'000;
    stack_pool pool(32 * 1024);
    std::vector<boost::context::stack_context> all(count);
    for (auto& each : all) {
        each = pool.allocate();
        top_of(each)[-1] = std::byte{1};
    }
    // One in 250 stays, so that hardly a mapping is unused as a whole.
    std::mt19937 numbers(1);
    std::shuffle(all.begin(), all.end(), numbers);
    auto const first_staying = all.end() - count / 250;
    std::for_each(all.begin(), first_staying, [&](auto& each) { pool.deallocate(each); });
    auto const kept = std::count_if(all.begin(), all.end(),
                                    [](auto const& each) { return resident(top_of(each) - 1); });
    CHECK(kept <= 1'024 + 20);
    CHECK(std::all_of(first_staying, all.end(),
                      [](auto const& each) { return top_of(each)[-1] == std::byte{1}; }));
    std::for_each(first_staying, all.end(), [&](auto& each) { pool.deallocate(each); });
}

TEST_CASE("stacks that were given back can be used again, guarded and in any number") {
    stack_pool pool(32 * 1024);
    std::vector<boost::context::stack_context> all(2'000);
    std::mt19937 numbers(2);
    for (int round = 0; round < 5; ++round) {
        std::set<std::byte*> tops;
        for (auto& each : all) {
            each = pool.allocate();
            std::memset(top_of(each) - 5'000, round, 5'000);
            tops.insert(top_of(each));
        }
        CHECK(tops.size() == all.size());
        for (std::size_t i = 0; i < all.size(); i += 100)
            CHECK_FALSE(readable(top_of(all[i]) - all[i].size - 1));
        std::shuffle(all.begin(), all.end(), numbers);
        for (auto& each : all) pool.deallocate(each);
    }
}

TEST_CASE("a large stack has a guard of its own size, over which no frame jumps") {
    constexpr std::size_t size = 1024 * 1024;
    stack_pool pool(fibercast::stack_layout::of_handlers(size));
    auto stack = pool.allocate();
    CHECK(stack.size == size);
    auto* const low = top_of(stack) - size;
    std::memset(low, 1, size);
    CHECK(pool.is_guard(low - 1));
    CHECK(pool.is_guard(low - size));
    CHECK_FALSE(readable(low - 1));
    CHECK_FALSE(readable(low - size));
    CHECK(pool.owns(low));
    CHECK_FALSE(pool.owns(&pool));
    pool.deallocate(stack);
}

TEST_CASE("a stack that cannot be guarded is not handed out") {
    if (!stack_pool::guards_all()) return;
    // The kernel refuses guards in locked memory.
    auto const child = ::fork();
    if (child == 0) {
        // not by ::mlockall, which the sanitizers make do nothing
        if (::syscall(SYS_mlockall, MCL_FUTURE | MCL_ONFAULT) != 0) ::_exit(2);
        try {
            stack_pool pool;
            static_cast<void>(pool.allocate());
        } catch (std::bad_alloc const&) {
            ::_exit(0);
        }
        ::_exit(1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 2) {
        WARN("SKIPPED: this user may not lock memory");
        return;
    }
    CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
}
