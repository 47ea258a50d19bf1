#include "runtime/dig.hpp"
#include "support/last_words.hpp"
#include "support/sanitizer.hpp"
#include "support/with_workers.hpp"

#include <fibercast/runtime/detail/stack_pool.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <vector>

using fibercast::stack_pool;
using fibercast::worker;

namespace {

std::size_t const page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));

/// How many pages of the calling fiber's stack are in memory.
[[gnu::noinline]] std::size_t resident_pages() {
    auto const frame = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
    auto* const used = reinterpret_cast<std::byte*>(frame - frame % page);
    std::byte* low = used;
    while (!worker::current()->stacks().is_guard(low - 1)) low -= page;
    auto const pages = static_cast<std::size_t>(used - low) / page + 1;
    std::vector<unsigned char> in_core(pages);
    if (::mincore(low, pages * page, in_core.data()) != 0) return 0;
    return static_cast<std::size_t>(std::count_if(
        in_core.begin(), in_core.end(), [](unsigned char each) { return (each & 1) != 0; }));
}

}  // namespace

TEST_CASE_METHOD(with_workers, "a fiber gives back the stack that it does not need") {
    on_worker(0, [] {
        dig(40);
        auto const before = resident_pages();
        fibercast::release_unused_stack();
        auto const after = resident_pages();
        CHECK(before >= 10);
        CHECK(after <= 4);
        CHECK(dig(40) == 40 * 41 / 2);  // and it may use it again
    });
}

TEST_CASE("giving back the stack does nothing on other threads") {
    int volatile mine = 1;
    fibercast::release_unused_stack();
    CHECK(mine == 1);
}

TEST_CASE("a fiber that overflows its stack ends the program with a message") {
    auto const words = last_words([] {
        fibercast::worker_pool pool({.workers = 1, .side_threads = 1});
        pool[0].call([] { return dig(1'000'000); });
    });
    CHECK_THAT(words, ContainsSubstring("fiber stack overflow"));
}
