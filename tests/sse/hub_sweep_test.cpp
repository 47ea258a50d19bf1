// A worker hands a broadcast to its clients in slices, the last client first, and other fibers run
// in between. When a client leaves then, the last one takes its place.

#include "sse/hub_under_test.hpp"
#include "support/eventually.hpp"

#include <string>
#include <vector>

namespace {

using texts = std::vector<std::string>;

constexpr std::size_t several_slices = 700;

struct with_many_clients : hub_under_test {
    with_many_clients() {
        for (std::size_t i = 0; i < several_slices; ++i) connect(0);
    }
};

}  // namespace

TEST_CASE("a client that takes another's place during a broadcast gets it once") {
    constexpr std::size_t leaving = 10;
    with_many_clients test;
    // Served with the first slice, it removes clients that have not been served.
    test.clients.back()->at_next_write([&] {
        for (std::size_t i = 0; i < leaving; ++i) test.hub.kick(test.clients[i]->id());
    });
    test.broadcast("1");
    test.broadcast("2");
    CHECK(test.hub.flush(fibercast::after(std::chrono::seconds(30))));
    // The other worker is asked too, so the last of them may go after the flush.
    CHECK(eventually([&] { return test.hub.size() == several_slices - leaving; }));
    test.broadcast("3");
    std::size_t broken = 0;
    for (std::size_t i = leaving; i < several_slices; ++i) {
        if (!test.clients[i]->wait_for("3")) ++broken;
        if (test.clients[i]->received() != texts{"1", "2", "3"}) ++broken;
    }
    CHECK(broken == 0);
}

TEST_CASE("a client that joins during a broadcast does not get it") {
    with_many_clients test;
    memory_client* joined = nullptr;
    test.clients.back()->at_next_write([&] {
        joined = &test.connect(0);
        test.hub.kick(
            test.clients.front()->id());  // the new one takes its place, which comes later
    });
    test.broadcast("1");
    CHECK(test.hub.flush(fibercast::after(std::chrono::seconds(30))));
    test.broadcast("2");
    REQUIRE(joined != nullptr);
    CHECK(joined->wait_for("2"));
    CHECK(joined->received() == texts{"2"});
}
