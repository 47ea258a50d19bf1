#include <fibercast/fibercast.hpp>
#include <fibercast/testing.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <string>

using namespace fibercast;
using namespace std::chrono_literals;

namespace {

void a_slow_reader_is_told_what_it_missed() {
    hub clients({.channel_capacity = 2, .overflow = overflow::drop_oldest});
    testing::test_client client(subscribe_to(clients));
    auto stream = client.open("/");
    stream.next();  // the greeting
    stream.stop_reading();
    for (int i = 0; i < 100; ++i) {
        clients.broadcast(event(std::to_string(i)));
        clients.flush(after(10s));  // one by one: what comes together is joined
    }
    stream.read_on();
    while (stream.next().type != "fibercast.gap") continue;  // throws when nothing comes
}

}  // namespace

TEST_CASE("cookbook: tests of a handler") { CHECK_NOTHROW(a_slow_reader_is_told_what_it_missed()); }
