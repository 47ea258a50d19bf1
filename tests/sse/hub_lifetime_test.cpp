#include "sse/hub_under_test.hpp"
#include "support/eventually.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <thread>
#include <vector>

using fibercast::event;
using fibercast::hub;
using fibercast::send_result;
using fibercast::worker_pool;
using namespace std::chrono_literals;

TEST_CASE("flush waits until broadcasts are in the clients' outboxes") {
    hub_under_test test;
    CHECK(test.hub.flush(fibercast::deadline{}));
    test.pool[0].call([&] {
        auto const one = test.hub.join();
        for (std::size_t i = 1; i <= 10; ++i) {
            test.broadcast("hello");
            CHECK(test.hub.flush(fibercast::after(30s)));
            CHECK(test.hub.clients().front().queued == i);
        }
    });
    test.pool[1].call([&] { test.hub.join(); });
    for (int i = 0; i < 100; ++i) {
        test.broadcast("hello");
        CHECK(test.hub.flush(fibercast::after(30s)));
    }
}

TEST_CASE("a hub serves a second pool of workers after the first has stopped") {
    hub shared(hub_under_test::without_heartbeat());
    for (int round = 0; round < 5; ++round) {
        worker_pool pool({.workers = 2});
        {
            memory_client first(pool[0], shared);
            memory_client second(pool[1], shared);
            CHECK(shared.size() == 2);
            shared.broadcast(event(std::to_string(round)));
            CHECK(first.wait_for(std::to_string(round)));
            CHECK(second.wait_for(std::to_string(round)));
            CHECK(shared.clients().size() == 2);
            CHECK(shared.kick(second.id()));
        }
        CHECK(shared.size() == 0);
        pool.stop();
        shared.broadcast(event("to nobody"));
        CHECK(shared.clients().empty());
        CHECK_FALSE(shared.kick(1));
        CHECK(shared.send(1, event("to nobody")) == send_result::gone);
        CHECK(shared.flush(fibercast::deadline{}));
        CHECK(shared.stats().broadcasts == 2u * (static_cast<unsigned>(round) + 1));
    }
}

TEST_CASE("a hub serves two pools of workers at the same time") {
    hub shared(hub_under_test::without_heartbeat());
    worker_pool first_pool({.workers = 1});
    std::optional<worker_pool> second_pool(worker_pool::options{.workers = 1});
    memory_client one(first_pool[0], shared);
    {
        memory_client other((*second_pool)[0], shared);
        shared.broadcast(event("both"));
        CHECK(one.wait_for("both"));
        CHECK(other.wait_for("both"));
    }
    second_pool.reset();
    shared.broadcast(event("one"));
    CHECK(one.wait_for("one"));
}

TEST_CASE("asking and broadcasting while the workers stop neither hangs nor crashes") {
    for (int round = 0; round < 20; ++round) {
        hub shared(hub_under_test::without_heartbeat());
        worker_pool pool({.workers = 2, .side_threads = 1});
        for (auto& each : pool) each->call([&] { shared.join(); });
        std::atomic<bool> done = false;
        std::atomic<int> turns = 0;
        std::vector<std::thread> threads;
        auto const again_and_again = [&](auto ask) {
            threads.emplace_back([&, ask] {
                while (!done) {
                    ask();
                    ++turns;
                }
            });
        };
        again_and_again([&] { shared.stats(); });
        again_and_again([&] { shared.clients(); });
        again_and_again([&] { shared.kick(1); });
        again_and_again([&] { shared.find(1); });
        again_and_again([&] { shared.topics(); });
        again_and_again([&] { shared.publish({"t"}, event("hello")); });
        again_and_again([&] { shared.broadcast(event("hello")); });
        again_and_again([&] { shared.send(1, event("hello")); });
        again_and_again([&] { shared.flush(fibercast::after(1ms)); });
        CHECK(eventually([&] { return turns > 20; }));
        pool.stop();
        done = true;
        for (auto& each : threads) each.join();
        CHECK(shared.size() == 0);
    }
}

TEST_CASE("a handler that joins while its worker stops does not keep it from stopping") {
    hub shared;
    fibercast::channel<int> stopping(1);
    bool joined = false;
    {
        worker_pool pool({.workers = 1});
        pool[0].call([&] {
            auto& home = *fibercast::worker::current();
            home.at_stop([&] { stopping.close(); });
            home.fibers().spawn([&] {
                int item = 0;
                stopping.pop(item);
                fibercast::yield();
                auto const late = shared.join();
                fibercast::yield();
                joined = true;
            });
        });
    }
    CHECK(joined);
    CHECK(shared.size() == 0);
}
