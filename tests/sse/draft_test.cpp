#include "sse/draft.hpp"

#include "support/catch.hpp"

#include <string>

using fibercast::draft;
using fibercast::event;

namespace {

constexpr fibercast::event_id::epoch_text epoch{'a', 'b', 'c', 'd', 'e', 'f'};

std::string payload_of(draft const& it) { return std::string(it.bytes()->payload()); }

}  // namespace

TEST_CASE("an event gets its number when it has its place") {
    auto const what = event("hello").type("greeting");
    draft made(what, epoch, 41);
    made.number(42);
    CHECK(payload_of(made) == "id: #abcdef-42\nevent: greeting\ndata: hello\n\n");
    CHECK(made.own_id().empty());
}

TEST_CASE("a number with more or fewer digits than expected fits as well") {
    auto const number = GENERATE(9u, 10u, 99u, 100u, 12'345u);
    event const what("x");
    draft made(what, epoch, 10);
    made.number(number);
    CHECK(payload_of(made) == "id: #abcdef-" + std::to_string(number) + "\ndata: x\n\n");
}

TEST_CASE("a publisher's own id is kept") {
    auto const typed = GENERATE(false, true);
    auto what = event("x").id("mine");
    if (typed) what.type("id: not this");
    draft made(what, epoch, 1);
    made.number(1);
    CHECK(payload_of(made) == what.encode());
    CHECK(made.own_id() == "mine");
}

TEST_CASE("without a history an event has no id but its own") {
    event const bare("x");
    draft made(bare);
    made.number(7);
    CHECK(payload_of(made) == bare.encode());
    auto const own = event("x").id("mine");
    CHECK(draft(own).own_id() == "mine");
}
