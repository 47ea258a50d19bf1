#include "app/repl/fiber_table.hpp"

#include "support/catch.hpp"

using namespace fibercast;
using namespace std::chrono_literals;
using fibercast::app::fiber_table;

TEST_CASE("fibers are listed by what they wait for, most of one kind first") {
    fibers_of_workers some;
    some.all.add(wait_for::turn, 0ms);
    some.all.add(wait_for::input, 1'250ms);
    some.all.add(wait_for::input, 250ms);
    some.all.add_compact(wait_for::input, 7);
    for (int i = 0; i < 10; ++i) some.all.add(wait_for::event, 3min);
    CHECK(fiber_table(some, 2, 30, 25) ==
          "fibers  longest  wait for\n"
          "    10    3m00s  an event for a stream\n"
          "     7        -  a peer to send, compact\n"
          "     2   1.250s  a peer to send\n"
          "     1        -  a turn, or runs\n"
          "    20  on 2 workers\n"
          "30 connections, 25 of them clients' streams; who waits for an event or a request has no "
          "fiber\n");
}

TEST_CASE("a worker that did not count its fibers is named in their list") {
    fibers_of_workers some;
    some.silent = {1};
    CHECK(fiber_table(some, 2, 1, 1) ==
          "fibers  longest  wait for\n"
          "     0  on 1 worker\n"
          "worker-1 does not answer: one fiber keeps it, see the log\n"
          "1 connection, 1 of them a client's stream; who waits for an event or a request has no "
          "fiber\n");
}
