#include "sse/hub_under_test.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

/// Joined, the events of the test take about 7100 bytes; nothing else asks for as many.
constexpr std::size_t refused_from = 7090;
constexpr std::size_t refused_to = 7120;
std::atomic<bool> refusing = false;
std::atomic<int> refused = 0;

}  // namespace

// All of this program's allocations. The array forms call these.
[[gnu::noinline]] void* operator new(std::size_t size) {
    if (size >= refused_from && size < refused_to && refusing) {
        ++refused;
        throw std::bad_alloc();
    }
    if (void* const memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    return std::malloc(size);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

TEST_CASE("without the memory to join a burst, its first event goes ahead") {
    hub_under_test test;
    auto& one = test.connect(0);
    auto& other = test.connect(1);
    std::vector<std::string> all;
    for (int i = 0; i < 7; ++i) all.push_back(std::to_string(i) + std::string(1000, 'x'));
    test.pool[0].call([&] {
        for (auto const& each : all) test.broadcast(each);
        refusing = true;
    });
    CHECK(test.hub.flush(std::chrono::seconds(30)));
    refusing = false;
    CHECK(refused >= 1);
    for (auto* const each : {&one, &other}) {
        CHECK(each->wait_for(all.back()));
        CHECK(each->received() == all);
    }
    CHECK(one.gathered_writes() == 2);  // the first alone, then the rest
}
