#include <fibercast/http/address_limit.hpp>

#include "support/catch.hpp"

#include <fibercast/testing/test_address.hpp>

#include <atomic>
#include <thread>
#include <vector>

using fibercast::address_limit;
using fibercast::testing::test_address;

TEST_CASE("an address has so many places, and others have theirs") {
    address_limit limit(2);
    auto first = limit.enter(test_address("192.0.2.1"));
    auto second = limit.enter(test_address("192.0.2.1"));
    REQUIRE(first);
    CHECK(second);
    CHECK_FALSE(limit.enter(test_address("192.0.2.1")));
    CHECK(limit.enter(test_address("192.0.2.2")));
    CHECK_FALSE(limit.enter(test_address("::ffff:192.0.2.1")));
    auto const moved = std::move(*first);
    first.reset();
    CHECK_FALSE(limit.enter(test_address("192.0.2.1")));
    second.reset();
    CHECK(limit.enter(test_address("192.0.2.1")));
    CHECK(limit.addresses() == 1);
}

TEST_CASE("a /64 of IPv6 counts as one address") {
    address_limit limit(1);
    auto const first = limit.enter(test_address("2001:db8:0:1::1"));
    CHECK(first);
    CHECK_FALSE(limit.enter(test_address("2001:db8:0:1:ffff::2")));
    CHECK(limit.enter(test_address("2001:db8:0:2::1")));
}

TEST_CASE("without a limit, and without an address, there is always a place") {
    address_limit none(0);
    address_limit one(1);
    std::vector<std::optional<address_limit::place>> places;
    for (int i = 0; i < 5; ++i) {
        places.push_back(none.enter(test_address("192.0.2.1")));
        CHECK(places.back());
        places.push_back(one.enter({}));
        CHECK(places.back());
    }
    CHECK(none.addresses() == 0);
    CHECK(one.addresses() == 0);
}

TEST_CASE("threads that come and go at once never have more places than there are") {
    address_limit limit(2);
    std::atomic<int> inside = 0;
    std::atomic<bool> too_many = false;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 2000; ++round) {
                auto const place = limit.enter(test_address("192.0.2.1"));
                if (!place) continue;
                if (++inside > 2) too_many = true;
                --inside;
            }
        });
    }
    for (auto& each : threads) each.join();
    CHECK_FALSE(too_many);
    CHECK(limit.addresses() == 0);
}
