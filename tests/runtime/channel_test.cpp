#include <fibercast/runtime/channel.hpp>

#include "support/catch.hpp"

#include <array>
#include <memory>
#include <stdexcept>
#include <vector>

using fibercast::channel;
using fibercast::overflow;
using fibercast::push_result;

namespace {

template <typename T>
std::vector<T> drained(channel<T>& from) {
    std::vector<T> all;
    for (T item; from.try_pop(item);) all.push_back(item);
    return all;
}

}  // namespace

TEST_CASE("a channel hands items out in the order they came") {
    channel<int> numbers(7);
    for (int i = 1; i <= 7; ++i) CHECK(numbers.push(i) == push_result::taken);
    CHECK(drained(numbers) == std::vector{1, 2, 3, 4, 5, 6, 7});
}

TEST_CASE("a channel holds at least what it was asked to, and says how much") {
    auto const asked = GENERATE(1u, 2u, 3u, 4u, 10u, 15u, 16u, 1000u);
    channel<unsigned> numbers(asked);
    auto const holds = numbers.capacity();
    CHECK(holds >= asked);
    CHECK(holds <= 2 * asked);
    CHECK(numbers.empty());
    for (unsigned i = 0; i < holds; ++i) CHECK(numbers.try_push(i) == push_result::taken);
    CHECK(numbers.try_push(0) == push_result::full);
    CHECK(numbers.size() == holds);
    CHECK_FALSE(numbers.empty());
    CHECK(numbers.dropped() == 0);
}

TEST_CASE("a channel refuses to hold nothing, or more than could be counted") {
    auto const items = GENERATE(as<std::size_t>(), 0, (1ull << 30) + 1, ~0ull);
    CHECK_THROWS_AS(channel<int>(items), std::invalid_argument);
}

TEST_CASE("drop_oldest slides over the items") {
    channel<int> numbers(3, overflow::drop_oldest);
    for (int i = 1; i <= 10; ++i) CHECK(numbers.push(i) == push_result::taken);
    CHECK(numbers.dropped() == 7);
    CHECK(numbers.size() == 3);
    CHECK(drained(numbers) == std::vector{8, 9, 10});
}

TEST_CASE("drop_newest throws the new item away") {
    channel<int> numbers(3, overflow::drop_newest);
    for (int i = 1; i <= 3; ++i) CHECK(numbers.push(i) == push_result::taken);
    for (int i = 4; i <= 10; ++i) CHECK(numbers.push(i) == push_result::dropped);
    CHECK(numbers.dropped() == 7);
    CHECK(drained(numbers) == std::vector{1, 2, 3});
    CHECK(numbers.push(11) == push_result::taken);
}

TEST_CASE("disconnect closes a full channel and keeps what it holds") {
    channel<int> numbers(3, overflow::disconnect);
    for (int i = 1; i <= 3; ++i) CHECK(numbers.push(i) == push_result::taken);
    CHECK_FALSE(numbers.closed());
    CHECK(numbers.push(4) == push_result::closed);
    CHECK(numbers.closed());
    CHECK(numbers.dropped() == 0);
    CHECK(drained(numbers) == std::vector{1, 2, 3});
}

TEST_CASE("try_push never applies the policy") {
    auto const policy = GENERATE(overflow::block, overflow::drop_oldest, overflow::drop_newest,
                                 overflow::disconnect);
    channel<int> numbers(1, policy);
    CHECK(numbers.policy() == policy);
    CHECK(numbers.try_push(1) == push_result::taken);
    CHECK(numbers.try_push(2) == push_result::full);
    CHECK_FALSE(numbers.closed());
    CHECK(drained(numbers) == std::vector{1});
    CHECK(numbers.dropped() == 0);
}

TEST_CASE("a closed channel still hands out what it holds and takes nothing") {
    auto const policy = GENERATE(overflow::block, overflow::drop_oldest, overflow::drop_newest,
                                 overflow::disconnect);
    channel<int> numbers(3, policy);
    numbers.push(1);
    numbers.push(2);
    numbers.close();
    numbers.close();
    CHECK(numbers.closed());
    CHECK(numbers.push(3) == push_result::closed);
    CHECK(numbers.try_push(3) == push_result::closed);
    int item = 0;
    CHECK(numbers.pop(item));
    CHECK(item == 1);
    CHECK(numbers.try_pop(item));
    CHECK(item == 2);
    CHECK_FALSE(numbers.pop(item));
    CHECK_FALSE(numbers.try_pop(item));
    CHECK(numbers.dropped() == 0);
}

TEST_CASE("pop_some takes as many as there are and fit") {
    channel<int> numbers(16);
    for (int i = 1; i <= 10; ++i) numbers.push(i);
    std::array<int, 4> few{};
    CHECK(numbers.pop_some(few) == 4);
    CHECK(few == std::array{1, 2, 3, 4});
    std::array<int, 100> many{};
    CHECK(numbers.pop_some(many) == 6);
    CHECK(many[5] == 10);
    CHECK(numbers.empty());
    numbers.push(11);
    CHECK(numbers.pop_some(std::span<int>()) == 0);
    numbers.close();
    CHECK(numbers.pop_some(many) == 1);
    CHECK(numbers.pop_some(many) == 0);
}

TEST_CASE("a channel keeps no item that was received or dropped") {
    auto const item = std::make_shared<int>(1);
    {
        channel<std::shared_ptr<int>> items(3, overflow::drop_oldest);
        for (int i = 0; i < 10; ++i) items.push(item);
        CHECK(item.use_count() == 1 + 3);
        std::shared_ptr<int> taken;
        CHECK(items.pop(taken));
        CHECK(item.use_count() == 1 + 3);
    }
    CHECK(item.use_count() == 1);
}
