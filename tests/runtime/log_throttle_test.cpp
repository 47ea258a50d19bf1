#include "runtime/log_throttle.hpp"

#include "support/catch.hpp"

#include <optional>

using fibercast::log_throttle;

TEST_CASE("a throttle lets so many lines through, and no more for ten seconds") {
    log_throttle lines(3);
    for (int i = 0; i < 3; ++i) CHECK(lines.next() == 1);
    for (int i = 0; i < 1'000; ++i) CHECK(lines.next() == std::nullopt);
    log_throttle only(1);
    CHECK(only.next() == 1);
    CHECK(only.next() == std::nullopt);
}
