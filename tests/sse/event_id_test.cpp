#include <fibercast/sse/event_id.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <limits>
#include <string>

using fibercast::event_id;

TEST_CASE("an id is written as it is parsed") {
    auto const number = GENERATE(std::uint64_t{0}, std::uint64_t{7}, std::uint64_t{1'000'000},
                                 std::numeric_limits<std::uint64_t>::max());
    event_id const id({'a', '0', 'z', '9', 'b', 'c'}, number);
    CHECK(id.text() == "#a0z9bc-" + std::to_string(number));
    CHECK(event_id::parse(id.text()) == id);
}

TEST_CASE("what is no id is none") {
    auto const text =
        GENERATE(as<std::string>(), "", "#", "7", "#a0z9bc", "#a0z9bc-", "a0z9bc-7", "#a0z9b-7",
                 "#a0z9bcd-7", "#A0z9bc-7", "#a0z9bc-x", "#a0z9bc-7x", "#a0z9bc--7", "#a0z9bc-+7",
                 "#a0z9bc-07", "#a0z9bc-7 ", "#a0z9bc-18446744073709551616", "earliest");
    CAPTURE(text);
    CHECK_FALSE(event_id::parse(text));
}
