#include "bench/event_texts.hpp"
#include "bench/scripted_server.hpp"

#include "clients/slow_readers.hpp"
#include "process/failure.hpp"

#include "support/catch.hpp"

#include <numeric>

using bench::slow_readers;
using namespace event_texts;
using namespace std::chrono_literals;

namespace {

bench::endpoint stream_of(scripted_server const& server) {
    bench::endpoint target;
    target.port = server.port();
    return target;
}

std::vector<int> numbers_to(int last) {
    std::vector<int> all(static_cast<std::size_t>(last));
    std::iota(all.begin(), all.end(), 1);
    return all;
}

}  // namespace

TEST_CASE("a slow reader takes its share while messages come, and gets all of them late") {
    // Its kernel cannot hold it all: the rest waits in the server's own.
    scripted_server server{
        {head + greeting + events(numbers_to(2'000)), head + greeting + events(numbers_to(2'000))}};
    slow_readers slow{stream_of(server), 2, 10s};
    CHECK(slow.had() == 0);
    slow.read_up_to(20);
    auto const soon = slow.had();
    CHECK(soon < 4'000);
    slow.keep_up_with(1'000, 0.001);  // less than they have had
    CHECK(slow.had() == soon);
    slow.read_up_to(2'000);
    CHECK(slow.had() == 4'000);
    CHECK(slow.faults().lost == 0);
    CHECK(slow.cut_off() == 0);
}

TEST_CASE("slow readers read in turns, each what is its due") {
    scripted_server server{{head + events(numbers_to(200)), head + events(numbers_to(200))}};
    slow_readers slow{stream_of(server), 2, 10s};
    server.requests();  // all has been sent
    slow.keep_up_with(4, 0.1);
    CHECK(slow.had() == 0);
    slow.keep_up_with(5, 0.1);  // the second's turn
    auto const of_one = slow.had();
    CHECK(of_one > 0);
    CHECK(of_one < 40);  // what one read brings
    slow.keep_up_with(10, 0.1);
    CHECK(slow.had() == 2 * of_one);
}

TEST_CASE("slow readers at the rate of nothing never read") {
    scripted_server server{{head + events({1, 2, 3})}};
    slow_readers slow{stream_of(server), 1, 10s};
    server.requests();
    slow.keep_up_with(1'000'000, 0);
    CHECK(slow.had() == 0);
}

TEST_CASE("a gap is counted, and so is what was lost, with a word of it or silently") {
    scripted_server server{{chunked(events({1}) + announced_gap + events({4})),
                            chunked(events({1, 3, 4})),
                            chunked(announced_gap + events({1, 2, 4}))}};
    slow_readers slow{stream_of(server), 3, 10s};
    slow.read_up_to(4);
    CHECK(slow.faults().gaps == 2);
    CHECK(slow.faults().lost == 4);
    CHECK(slow.faults().lost_silently == 2);
}

TEST_CASE("a slow reader whose stream ends was cut off, and is waited for no more") {
    scripted_server server{{chunked(events({1, 2})) + "0\r\n\r\n", head + events({1, 2, 3})}};
    slow_readers slow{stream_of(server), 2, 10s};
    slow.read_up_to(3);
    CHECK(slow.cut_off() == 1);
    CHECK(slow.had() == 5);
    CHECK(slow.faults().lost == 0);
}

TEST_CASE("what comes twice to a slow reader is a failure, and so is what never comes") {
    scripted_server server{{head + events({1, 2, 2}), head + events({1})}};
    slow_readers twice{stream_of(server), 1, 10s};
    CHECK_THROWS_WITH(twice.read_up_to(3), ContainsSubstring("got 2 after 2"));
    slow_readers patient{stream_of(server), 1, 50ms};
    CHECK_THROWS_WITH(patient.read_up_to(2), ContainsSubstring("lack message 2"));
}
