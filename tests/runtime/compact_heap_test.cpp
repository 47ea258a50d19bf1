#include "runtime/failing_regions.hpp"
#include "support/chance.hpp"

#include "runtime/compact_heap.hpp"

#include "support/catch.hpp"

#include <cstdint>
#include <cstring>
#include <map>
#include <vector>

using fibercast::compact_heap;

namespace {

void release_all(compact_heap& heap, std::vector<void*>& blocks) {
    for (void* const each : blocks) heap.release(each);
    blocks.clear();
}

}  // namespace

TEST_CASE("blocks of a compact heap are aligned and do not overlap, whatever is released") {
    auto const seed = GENERATE(1u, 2u, 3u);
    CAPTURE(seed);
    chance by(seed);
    compact_heap heap;
    struct block {
        std::size_t size;
        unsigned char mark;
    };
    std::map<unsigned char*, block> live;
    for (int step = 0; step < 20'000; ++step) {
        if (live.empty() || by.one_in(2) || by.one_in(8)) {
            auto const size = 1 + by.below(compact_heap::largest);
            auto* const made = static_cast<unsigned char*>(heap.allocate(size));
            REQUIRE(made != nullptr);
            REQUIRE(reinterpret_cast<std::uintptr_t>(made) % compact_heap::step == 0);
            auto const next = live.lower_bound(made);
            REQUIRE((next == live.end() || made + size <= next->first));
            REQUIRE((next == live.begin() ||
                     std::prev(next)->first + std::prev(next)->second.size <= made));
            auto const mark = static_cast<unsigned char>(by.below(256));
            std::memset(made, mark, size);
            live[made] = {size, mark};
        } else {
            auto const victim = std::next(live.begin(), static_cast<long>(by.below(live.size())));
            auto const [at, what] = *victim;
            REQUIRE(at[0] == what.mark);
            REQUIRE(at[what.size - 1] == what.mark);
            live.erase(victim);
            heap.release(at);
        }
    }
    for (auto const& [at, what] : live) heap.release(at);
}

TEST_CASE("a compact heap gives back what has been unused from one tick to the next") {
    compact_heap heap;
    std::vector<void*> blocks;
    for (int i = 0; i < 100'000; ++i) blocks.push_back(heap.allocate(300));
    auto const most = heap.resident();
    CHECK(most >= 100'000 * 300);
    release_all(heap, blocks);
    CHECK(heap.has_unused());
    CHECK(heap.resident() == most);  // it may be wanted again at once
    heap.tick();
    heap.tick();
    while (heap.trim()) continue;
    CHECK(heap.resident() <= 1 << 20);
    CHECK(heap.mapped() <= 2 * fibercast::region_source::region_size);
    CHECK_FALSE(heap.has_unused());
}

TEST_CASE("what is left in a compact heap stays when its neighbours go back") {
    compact_heap heap;
    std::vector<void*> blocks;
    std::vector<void*> kept;
    for (int i = 0; i < 100'000; ++i) blocks.push_back(heap.allocate(300));
    auto const most = heap.resident();
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (i % 2'000 == 0) {
            std::memset(blocks[i], 7, 300);
            kept.push_back(blocks[i]);
        } else {
            heap.release(blocks[i]);
        }
    }
    heap.tick();
    heap.tick();
    while (heap.trim()) continue;
    CHECK(heap.resident() < most / 4);
    for (void* const each : kept) CHECK(static_cast<unsigned char*>(each)[299] == 7);
    for (int i = 0; i < 100'000; ++i) {
        if (void* const again = heap.allocate(300)) {
            std::memset(again, 1, 300);
            heap.release(again);
        }
    }
    release_all(heap, kept);
}

TEST_CASE("a compact heap without memory says so, and its reserve is for those who may use it") {
    failing_regions source(2);
    compact_heap heap;
    REQUIRE(heap.keep_reserve());
    std::vector<void*> blocks;
    while (void* const block = heap.allocate(4'000)) blocks.push_back(block);
    CHECK(blocks.size() > 400);
    void* const more = heap.allocate_from_reserve(4'000);
    CHECK(more != nullptr);
    CHECK_FALSE(heap.keep_reserve());
    while (void* const block = heap.allocate_from_reserve(4'000)) blocks.push_back(block);
    CHECK(source.mapped() == 2);
    source.allow(1);
    CHECK(heap.keep_reserve());
    release_all(heap, blocks);
    heap.release(more);
}
