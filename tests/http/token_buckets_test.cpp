#include "http/token_buckets.hpp"

#include "support/catch.hpp"

#include <atomic>
#include <deque>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace fibercast;
using namespace std::chrono_literals;

namespace {

token_buckets::time_point const start{24h};

ip_bytes customer(unsigned number) {
    ip_bytes bytes{0x20, 0x01};
    bytes[6] = static_cast<unsigned char>(number >> 8);
    bytes[7] = static_cast<unsigned char>(number);
    return bytes;
}

}  // namespace

TEST_CASE("a bucket has its burst, and then as much as it gets") {
    token_buckets buckets(100ms, 3, 10);
    for (int i = 0; i < 3; ++i) CHECK_FALSE(buckets.take(customer(1), start));
    CHECK(buckets.take(customer(1), start) == 100ms);
    CHECK(buckets.take(customer(1), start + 30ms) == 70ms);
    CHECK_FALSE(buckets.take(customer(1), start + 100ms));
    CHECK(buckets.take(customer(1), start + 100ms) == 100ms);
    CHECK_FALSE(buckets.take(customer(2), start + 100ms));
    // Full again, and no fuller than that.
    for (int i = 0; i < 3; ++i) CHECK_FALSE(buckets.take(customer(1), start + 1h));
    CHECK(buckets.take(customer(1), start + 1h));
}

TEST_CASE("only buckets that are full are forgotten while there is room") {
    // Against the plain model: whoever has taken less than the burst since a full bucket gets one.
    std::mt19937 random(7);
    token_buckets buckets(10ms, 4, 1'000);
    std::map<unsigned, token_buckets::time_point> full_at;
    auto now = start;
    int refused = 0;
    for (int i = 0; i < 20'000; ++i) {
        now += std::chrono::milliseconds(random() % 4);
        auto const who = random() % 5;
        auto& full = full_at.try_emplace(who, now).first->second;
        auto const after = std::max(full, now) + 10ms;
        bool const taken = !buckets.take(customer(who), now);
        REQUIRE(taken == (after - now <= 40ms));
        if (taken) full = after;
        if (!taken) ++refused;
    }
    CHECK(refused > 100);
}

TEST_CASE("a table has a bound, and those that have just asked stay in it") {
    token_buckets buckets(1s, 1, 100);
    for (unsigned i = 0; i < 10'000; ++i) {
        CHECK_FALSE(buckets.take(customer(i), start));
        REQUIRE(buckets.size() <= 100);
        if (i != 0) REQUIRE(buckets.take(customer(i - 1), start));
    }
}

TEST_CASE("what is full is forgotten with time") {
    token_buckets buckets(10ms, 2, 1'000);
    for (unsigned i = 0; i < 300; ++i) buckets.take(customer(i), start);
    CHECK(buckets.size() == 300);
    buckets.take(customer(0), start + 1s);
    buckets.take(customer(1), start + 2s);
    CHECK(buckets.size() == 2);
}

TEST_CASE("threads together get no more than there is") {
    token_buckets buckets(1h, 1'000, 10);
    std::atomic<int> taken = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 1'000; ++round)
                if (!buckets.take(customer(1), start)) ++taken;
        });
    }
    for (auto& each : threads) each.join();
    CHECK(taken == 1'000);
}
