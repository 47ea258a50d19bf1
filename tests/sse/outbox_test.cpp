#include "sse/outbox.hpp"

#include "support/with_workers.hpp"

#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <array>
#include <chrono>
#include <deque>
#include <string>
#include <vector>

using fibercast::chunk;
using fibercast::delivery;
using fibercast::delivery_ptr;
using fibercast::emptying;
using fibercast::outbox;
using fibercast::overflow;
using fibercast::publication;
using fibercast::put_result;
using namespace std::chrono_literals;

namespace {

using texts = std::vector<std::string>;

fibercast::counter held;

delivery_ptr one(std::string const& text, std::uint64_t number = 1) {
    return delivery::of(chunk::make(text), held, number);
}

delivery_ptr burst(std::size_t events, std::uint64_t first = 1) {
    std::vector<publication> all;
    for (std::size_t i = 0; i < events; ++i)
        all.push_back({0, chunk::make("b"), nullptr, first + i});
    return delivery::of(all, held);
}

/// What is in it, taken at once.
texts take(outbox& from) {
    std::array<delivery_ptr, 16> taken;
    texts all;
    auto const count = from.empty() ? 0 : from.pop_some(taken);
    for (auto const& each : std::span(taken).first(count)) all.emplace_back(each->view().payload());
    return all;
}

}  // namespace

TEST_CASE("an outbox holds as many as its capacity, in order, again and again") {
    auto const capacity = GENERATE(1u, 2u, 3u, 16u, 100u);
    outbox box(capacity, overflow::disconnect);
    for (std::size_t round = 0; round < 5; ++round) {
        for (std::size_t i = 0; i < capacity; ++i) {
            CHECK_FALSE(box.full());
            CHECK(box.try_put(one(std::to_string(i))) == put_result::taken);
        }
        CHECK(box.full());
        CHECK(box.try_put(one("one too many")) == put_result::too_slow);
        texts all, expected;
        while (!box.empty()) {
            for (auto& each : take(box)) all.push_back(std::move(each));
        }
        for (std::size_t i = 0; i < capacity; ++i) expected.push_back(std::to_string(i));
        CHECK(all == expected);
        if (capacity > 2) {  // so that the next round begins in the middle
            CHECK(box.try_put(one("x")) == put_result::taken);
            CHECK(take(box) == texts{"x"});
        }
    }
}

TEST_CASE("an outbox counts the events and bytes that wait") {
    outbox box(4, overflow::drop_oldest);
    CHECK(box.try_put(burst(10)) == put_result::taken);
    CHECK(box.try_put(one("hello")) == put_result::taken);
    CHECK(box.events() == 11);
    CHECK(box.bytes() == 15);
    take(box);
    CHECK(box.events() == 0);
    CHECK(box.bytes() == 0);
    CHECK(box.dropped() == 0);
}

TEST_CASE("a full outbox does what its policy says") {
    auto const now = GENERATE(emptying::not_begun, emptying::stalled);
    outbox newest(1, overflow::drop_newest), oldest(1, overflow::drop_oldest),
        ends(1, overflow::disconnect);
    for (outbox* const each : {&newest, &oldest, &ends})
        CHECK(each->put(burst(3), now, fibercast::never) == put_result::taken);
    CHECK(newest.put(burst(2), now, fibercast::never) == put_result::dropped);
    CHECK(newest.dropped() == 2);
    CHECK(take(newest) == texts{"bbb"});
    CHECK(oldest.put(burst(2), now, fibercast::never) == put_result::taken);
    CHECK(oldest.dropped() == 3);
    CHECK(oldest.events() == 2);
    CHECK(take(oldest) == texts{"bb"});
    CHECK(ends.put(burst(2), now, fibercast::never) == put_result::too_slow);
    CHECK(ends.dropped() == 0);
}

TEST_CASE("under block nobody waits for an outbox that nobody empties") {
    outbox box(1, overflow::block);
    CHECK(box.put(one("1"), emptying::not_begun, fibercast::never) == put_result::taken);
    CHECK(box.put(one("2"), emptying::not_begun, fibercast::never) == put_result::too_slow);
}

TEST_CASE_METHOD(with_workers,
                 "under block a put waits for room, for the end, or for its deadline") {
    on_worker(0, [&] {
        outbox box(1, overflow::block);
        fibercast::fiber_group fibers(fibercast::worker::current()->stacks());
        CHECK(box.try_put(one("1")) == put_result::taken);
        CHECK(box.put(one("2"), emptying::stalled, fibercast::after(2ms)) == put_result::timed_out);
        auto result = put_result::dropped;
        auto const put = [&] { result = box.put(one("3"), emptying::stalled, fibercast::never); };
        fibers.spawn([&put] { put(); });
        fibercast::yield();
        CHECK(result == put_result::dropped);
        CHECK(take(box) == texts{"1"});
        fibers.join();
        CHECK(result == put_result::taken);
        fibers.spawn([&put] { put(); });
        fibercast::yield();
        box.close();
        fibers.join();
        CHECK(result == put_result::closed);
        CHECK(take(box) == texts{"3"});
    });
}

namespace {

/// Empties an outbox as a stream does, and notes what it got.
class reader final : public fibercast::runnable {
public:
    reader(outbox& from, texts& to) : from_(from), to_(to) {}
    bool run() noexcept override {
        do {
            for (auto& each : take(from_)) to_.push_back(std::move(each));
        } while (!from_.wait(*this) && !from_.closed());
        return true;
    }

private:
    outbox& from_;
    texts& to_;
};

}  // namespace

TEST_CASE_METHOD(with_workers, "what is ready gets its turn before the policy strikes") {
    auto const policy =
        GENERATE(overflow::drop_newest, overflow::drop_oldest, overflow::disconnect);
    auto const others = GENERATE(0, 500);
    on_worker(0, [&] {
        outbox box(1, policy);
        texts got;
        reader empties(box, got);
        CHECK(box.wait(empties));
        std::deque<outbox> more;
        std::deque<reader> before;
        texts theirs;
        for (int i = 0; i < others; ++i) {
            more.emplace_back(1u, policy);
            before.emplace_back(more.back(), theirs);
        }
        for (int i = 0; i < 5; ++i) {
            for (auto& each : before) each.ready();
            CHECK(box.put(one(std::to_string(i)), emptying::ready, fibercast::never) ==
                  put_result::taken);
        }
        box.close();
        while (got.size() < 5) fibercast::yield();
        CHECK(got == texts{"0", "1", "2", "3", "4"});
        CHECK(box.dropped() == 0);
        CHECK(box.try_put(one("late")) == put_result::closed);
    });
}

TEST_CASE_METHOD(with_workers,
                 "what waits at an outbox is told once of what comes, and of its end") {
    on_worker(0, [] {
        struct counting final : fibercast::runnable {
            bool run() noexcept override {
                ++runs;
                return true;
            }
            int runs = 0;
        } waits;
        auto const run_all = [] {
            for (int i = 0; i < 4; ++i) fibercast::yield();
        };
        outbox box(4, overflow::drop_oldest);
        REQUIRE(box.wait(waits));
        box.try_put(one("1"));
        box.try_put(one("2"));
        run_all();
        CHECK(waits.runs == 1);
        CHECK_FALSE(box.wait(waits));
        take(box);
        REQUIRE(box.wait(waits));
        box.close();
        box.close();
        run_all();
        CHECK(waits.runs == 2);
        CHECK_FALSE(box.wait(waits));
    });
}
