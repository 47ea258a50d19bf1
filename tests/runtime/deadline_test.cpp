#include <fibercast/runtime/deadline.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <ratio>

using fibercast::after;
using fibercast::deadline;
using fibercast::never;
using std::chrono::duration;
using namespace std::chrono_literals;

TEST_CASE("a deadline lies so far ahead as asked, in any unit") {
    auto const now = std::chrono::steady_clock::now();
    CHECK(after(1h) - now >= 1h);
    CHECK(after(1h) - now < 2h);
    CHECK(after(std::chrono::days(365 * 100)) - now < std::chrono::days(365 * 101));
    CHECK(after(duration<double>(0.5)) - now >= 500ms);
    CHECK(after(duration<float, std::ratio<3600>>(0.5f)) - now < 1h);
    CHECK(after(duration<std::uint8_t>(3)) - now >= 3s);
    CHECK(after(-1h) < now);
    CHECK(after(-1h) > now - 2h);
}

TEST_CASE("a span too long for the clock means never") {
    CHECK(after(std::chrono::nanoseconds::max()) == never);
    CHECK(after(std::chrono::milliseconds::max()) == never);
    CHECK(after(std::chrono::seconds::max()) == never);
    CHECK(after(std::chrono::hours::max()) == never);
    CHECK(after(std::chrono::hours(24 * 365 * 300)) == never);
    CHECK(after(std::chrono::years::max()) == never);
    CHECK(after(duration<std::uint64_t, std::milli>::max()) == never);
    CHECK(after(duration<double>(1e300)) == never);
    CHECK(after(duration<double>(std::numeric_limits<double>::infinity())) == never);
    CHECK(after(duration<float, std::ratio<86400>>::max()) == never);
    CHECK(after(never - deadline()) == never);
}

TEST_CASE("a span too far back for the clock has passed") {
    auto const now = std::chrono::steady_clock::now();
    CHECK(after(std::chrono::nanoseconds::min()) < now);
    CHECK(after(std::chrono::milliseconds::min()) < now);
    CHECK(after(std::chrono::hours::min()) < now);
    CHECK(after(duration<double>(-1e300)) < now);
    CHECK(after(duration<double>(-std::numeric_limits<double>::infinity())) < now);
}
