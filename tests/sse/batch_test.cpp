#include "sse/batch.hpp"

#include "support/catch.hpp"

#include <string>
#include <vector>

using fibercast::batch;
using fibercast::chunk;
using fibercast::delivery;
using fibercast::everyone;
using fibercast::publication;

namespace {

fibercast::counter held;

/// With these numbers, each its own text.
std::vector<publication> numbered(std::vector<std::uint64_t> const& numbers) {
    std::vector<publication> all;
    for (auto const each : numbers)
        all.push_back({everyone, chunk::make(std::to_string(each) + " "), nullptr, each});
    return all;
}

}  // namespace

TEST_CASE("a delivery of one event refers to its bytes") {
    auto const one = numbered({1});
    auto const made = delivery::of(one, held);
    CHECK(made->events() == 1);
    CHECK(made->view().payload().data() == one.front().bytes->payload().data());
    CHECK(made->view().framed() == "2\r\n1 \r\n");
}

TEST_CASE("a delivery of many events is one chunk of all their bytes, in order") {
    auto const made = delivery::of(numbered({1, 2, 3}), held);
    CHECK(made->events() == 3);
    CHECK(made->size() == 6);
    CHECK(made->view().framed() == "6\r\n1 2 3 \r\n");
}

TEST_CASE("a batch is joined once for all who have had nothing of it") {
    auto const read = numbered({4, 5, 7});
    batch all(read, held);
    CHECK(all.last() == 7);
    CHECK(all.behind(3) == all.whole());
    CHECK(all.behind(0) == all.whole());
    CHECK(all.whole()->view().payload() == "4 5 7 ");
}

TEST_CASE("whoever has come in between gets what is behind its place") {
    auto const read = numbered({4, 5, 7});
    batch all(read, held);
    auto const late = all.behind(4);
    CHECK(late->view().payload() == "5 7 ");
    CHECK(late->events() == 2);
    CHECK(all.behind(4) == late);  // made once
    CHECK(all.behind(5)->view().payload() == "7 ");
    CHECK(all.behind(6)->view().payload() == "7 ");
}
