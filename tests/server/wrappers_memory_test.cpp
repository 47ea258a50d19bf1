#include "server/failing_allocation.hpp"

#include "support/captured_log.hpp"
#include "support/catch.hpp"

#include <fibercast/http/access_log.hpp>
#include <fibercast/http/cors.hpp>
#include <fibercast/http/rate_limit.hpp>

#include <cstddef>
#include <cstdint>
#include <new>
#include <optional>
#include <string_view>

using namespace fibercast;

namespace {

response hello(request const&) { return response::text(status::ok, "hello"); }

/// What comes of a request when the n-th allocation fails.
struct outcome {
    bool happened = false;
    std::size_t lines = 0;
    std::optional<status> answered = std::nullopt;  ///< Nothing: `std::bad_alloc` has left.
    std::optional<std::uint64_t> size = std::nullopt;
};

outcome ask(std::size_t n) {
    outcome found;
    auto const answering = with_access_log(
        {.write = [&](std::string_view) { ++found.lines; }},
        with_rate_limit({}, with_cors({.origins = {"https://app.example.com"}}, hello)));
    fields sent;
    sent.add("Origin", "https://app.example.com");
    sent.add("User-Agent", "one whose name is longer than what a string keeps in itself");
    request const asked("GET", "/?with=a-target-that-is-long-as-well", sent);
    failing_allocation failing(n);
    try {
        failing.counted([&] {
            auto const answer = answering(asked);
            found.answered = answer.status();
            found.size = answer.body().size();
        });
    } catch (std::bad_alloc const&) {
    }
    found.happened = failing.happened();
    return found;
}

}  // namespace

TEST_CASE("whichever allocation fails, an answer is whole, and has a line at most") {
    captured_log const quiet(spdlog::level::off);
    ask(1'000'000);  // what is allocated once
    std::size_t n = 1;
    std::size_t served_without_line = 0;
    for (;; ++n) {
        auto const live_before = live_allocations();
        auto const found = ask(n);
        auto const live_after = live_allocations();
        INFO("allocation " << n << " fails");
        CHECK(live_after == live_before);
        CHECK(found.lines <= 1);
        if (found.answered == status::ok) CHECK(found.size == 5);
        if (found.answered == status::ok && found.lines == 0) ++served_without_line;
        if (!found.happened) {
            CHECK(found.answered == status::ok);
            CHECK(found.lines == 1);
            break;
        }
    }
    CHECK(n > 10);
    CHECK(served_without_line > 0);
}
