#include "sse/hub_under_test.hpp"

#include <fibercast/runtime/one_shot.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <thread>
#include <vector>

using fibercast::event;
using fibercast::worker;

TEST_CASE("a broadcast reaches every client on every worker") {
    hub_under_test test;
    for (int i = 0; i < 20; ++i) test.connect();
    std::vector<std::string> sent;
    for (int i = 0; i < 50; ++i) test.broadcast(sent.emplace_back(std::to_string(i)));
    for (auto& each : test.clients) {
        CHECK(each->wait_for("49"));
        CHECK(each->received() == sent);
    }
}

TEST_CASE("a broadcast without clients goes nowhere and is not kept") {
    hub_under_test test;
    test.broadcast("before any");
    auto& one = test.connect();
    test.broadcast("for one");
    CHECK(one.wait_for("for one"));
    CHECK(one.received() == std::vector<std::string>{"for one"});
    test.clients.clear();
    test.broadcast("after all");
}

TEST_CASE("what waits for a client goes out in one write") {
    hub_under_test test;
    auto& one = test.connect(0);
    test.pool[0].call([&] {
        // Nothing else runs on the worker meanwhile.
        for (int i = 0; i < 10; ++i) one.send(event(std::to_string(i)));
    });
    CHECK(one.wait_for("9"));
    CHECK(one.received().size() == 10);
    CHECK(one.gathered_writes() == 1);
}

TEST_CASE("a burst takes one place in an outbox, and its events are counted one by one") {
    auto settings = hub_under_test::without_heartbeat();
    settings.channel_capacity = 1;
    hub_under_test test(settings);
    auto& one = test.connect(0);
    test.pool[0].call([&] {
        for (int i = 0; i < 100; ++i) test.broadcast(std::to_string(i));
    });
    CHECK(one.wait_for("99"));
    CHECK(one.received().size() == 100);
    CHECK(one.gathered_writes() == 1);
    CHECK(test.hub.stats().sent == 100);
    CHECK(test.hub.clients().front().sent == 100);
}

TEST_CASE("a long burst of small and large events comes whole and in order") {
    hub_under_test test;
    for (int i = 0; i < 4; ++i) test.connect();
    std::vector<std::string> all;
    for (int i = 0; i < 1000; ++i)
        all.push_back(std::to_string(i) + std::string(i % 100 == 50 ? 20'000 : i % 7, 'x'));
    test.pool[0].call([&] {
        for (auto const& each : all) test.broadcast(each);
    });
    for (auto& each : test.clients) {
        CHECK(each->wait_for(all.back()));
        CHECK(each->received() == all);
    }
    CHECK(test.hub.size() == 4);  // under `disconnect`, the default
}

TEST_CASE("broadcasts from threads and fibers at once reach all clients in one order") {
    constexpr int senders = 5;
    constexpr int each_sends = 300;
    hub_under_test test;
    for (int i = 0; i < 6; ++i) test.connect();
    auto const send_all = [&](int sender) {
        for (int i = 0; i < each_sends; ++i) {
            test.broadcast(std::to_string(sender) + " " + std::to_string(i));
        }
    };
    std::vector<std::thread> threads;
    for (int sender = 0; sender < senders; ++sender) {
        threads.emplace_back([&, sender] {
            // Two of them in fibers of the workers that the clients are on.
            if (sender >= 3) {
                test.pool[static_cast<std::size_t>(sender - 3)].call([&] { send_all(sender); });
            } else {
                send_all(sender);
            }
        });
    }
    for (auto& each : threads) each.join();
    CHECK(test.hub.flush(fibercast::after(std::chrono::seconds(30))));
    test.broadcast("last");

    std::vector<std::vector<std::string>> all;
    for (auto& each : test.clients) {
        CHECK(each->wait_for("last"));
        all.push_back(each->received());
    }
    CHECK(all.front().size() == senders * each_sends + 1);
    for (auto const& each : all) CHECK(each == all.front());
    std::map<std::string, int> next;
    bool in_order = true;
    for (auto const& data : all.front()) {
        if (data == "last") continue;
        auto const space = data.find(' ');
        in_order &= std::stoi(data.substr(space)) == next[data.substr(0, space)]++;
    }
    CHECK(in_order);
}

TEST_CASE("a handler may broadcast before its own stream has started") {
    hub_under_test test;
    auto& other = test.connect(1);
    test.pool[0].call([&] {
        auto const mine = test.hub.join();
        test.broadcast("somebody has come");
        CHECK(mine.connected());
        CHECK(test.hub.flush(fibercast::after(std::chrono::seconds(30))));
        CHECK(test.hub.clients().back().queued == 1);
    });
    CHECK(other.wait_for("somebody has come"));
}
