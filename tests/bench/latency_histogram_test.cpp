#include "clients/latency_histogram.hpp"
#include "process/failure.hpp"

#include "support/catch.hpp"

using bench::latency_histogram;
using namespace std::chrono_literals;

TEST_CASE("percentiles are at most 3.2% too high and never too low") {
    latency_histogram all;
    for (int i = 1; i <= 100'000; ++i) all.add(i * 1us);
    for (double const share : {0.001, 0.5, 0.9, 0.99, 0.999}) {
        auto const exact = share * 100'000 * 1e3;
        auto const found = static_cast<double>(all.percentile(share).count());
        INFO(share);
        CHECK(found >= exact);
        CHECK(found <= exact * 1.032);
    }
    CHECK(all.percentile(1) == 100'000us);
    CHECK(all.max() == 100'000us);
    CHECK(all.count() == 100'000);
}

TEST_CASE("short durations are exact, and negative ones are none") {
    latency_histogram all;
    for (int i = 0; i < 64; ++i) all.add(std::chrono::nanoseconds{i});
    CHECK(all.percentile(0.5) == 31ns);
    CHECK(all.percentile(1) == 63ns);
    latency_histogram early;
    early.add(-5ns);
    CHECK(early.percentile(1) == 0ns);
}

TEST_CASE("nothing has no percentile but zero") {
    CHECK(latency_histogram{}.percentile(0.99) == 0ns);
}

TEST_CASE("histograms of several processes add up") {
    latency_histogram first, second;
    for (int i = 0; i < 99; ++i) first.add(1ms);
    second.add(1s);
    auto sum = latency_histogram::parse(first.text());
    sum.add(latency_histogram::parse(second.text()));
    CHECK(sum.count() == 100);
    CHECK(sum.percentile(0.5) >= 1ms);
    CHECK(sum.percentile(0.5) <= 1032us);
    CHECK(sum.percentile(1) == 1s);
}

TEST_CASE("a text that is no histogram is refused") {
    for (auto const* text : {"", "x", "5 1", "5 1:", "5 99999:1", "5 1;2", "5 -1:2"}) {
        INFO(text);
        CHECK_THROWS_AS(latency_histogram::parse(text), bench::failure);
    }
}
