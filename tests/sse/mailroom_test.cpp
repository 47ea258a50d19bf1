#include "sse/mailroom.hpp"

#include "support/eventually.hpp"
#include "support/with_workers.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using fibercast::chunk;
using fibercast::chunk_ptr;
using fibercast::mailroom;
using fibercast::worker;
using namespace std::chrono_literals;

namespace {

/// A mailroom with one lane on worker 0, whose consumer takes when the test says so.
class with_lane : protected with_workers {
protected:
    with_lane() {
        on_worker(0, [&] { lane.emplace(room, *worker::current()); });
    }
    ~with_lane() {
        on_worker(0, [&] { lane.reset(); });
    }

    std::vector<std::string> take() {
        return on_worker(0, [&] {
            std::vector<chunk_ptr> batch;
            std::vector<std::string> texts;
            if (!lane->take(batch)) texts.emplace_back("closed");
            for (auto const& each : batch) texts.emplace_back(each->payload());
            return texts;
        });
    }

    mailroom room;
    std::optional<mailroom::lane> lane;
};

}  // namespace

TEST_CASE_METHOD(with_lane, "what was posted is taken in one batch and in order") {
    room.post(chunk::make("1"));
    room.post(chunk::make("2"));
    on_worker(1, [&] { room.post(chunk::make("3")); });
    CHECK(take() == std::vector<std::string>{"1", "2", "3"});
}

TEST_CASE_METHOD(with_lane, "taking waits for a post") {
    std::thread other([&] {
        CHECK(eventually([&] { return room.flush(fibercast::deadline{}); }));  // the taker waits
        room.post(chunk::make("1"));
    });
    auto const taken = take();
    other.join();
    CHECK(taken == std::vector<std::string>{"1"});
}

TEST_CASE_METHOD(with_lane, "posting waits while a worker is too far behind") {
    std::atomic<std::size_t> posted = 0;
    auto const post_many = [&] {
        for (std::size_t i = 0; i < mailroom::lane_capacity; ++i) {
            room.post(chunk::make("x"));
            ++posted;
        }
    };
    std::thread thread(post_many);
    std::thread fiber([&] { on_worker(1, post_many); });
    CHECK(eventually([&] { return posted == mailroom::lane_capacity; }));
    CHECK(take().size() == mailroom::lane_capacity);
    CHECK(eventually([&] { return posted == 2 * mailroom::lane_capacity; }));
    thread.join();
    fiber.join();
    CHECK(take().size() == mailroom::lane_capacity);
    CHECK(posted == 2 * mailroom::lane_capacity);
}

TEST_CASE_METHOD(with_lane, "closing a lane frees who waits for it and takes no more") {
    std::atomic<bool> freed = false;
    for (std::size_t i = 0; i < mailroom::lane_capacity; ++i) room.post(chunk::make("x"));
    std::thread waiting([&] {
        room.post(chunk::make("one too many"));
        freed = true;
    });
    on_worker(0, [&] { lane->close(); });
    waiting.join();
    CHECK(freed);
    CHECK(take() == std::vector<std::string>{"closed"});
    room.post(chunk::make("to nobody"));
    CHECK(room.flush(fibercast::deadline{}));
    on_worker(0, [&] { lane->close(); });
}

TEST_CASE_METHOD(with_lane, "closing a lane ends a take that waits") {
    std::thread other([&] {
        CHECK(eventually([&] { return room.flush(fibercast::deadline{}); }));
        on_worker(0, [&] { lane->close(); });
    });
    auto const taken = take();
    other.join();
    CHECK(taken == std::vector<std::string>{"closed"});
}

TEST_CASE_METHOD(with_lane, "flush gives up at its deadline") {
    room.post(chunk::make("x"));
    CHECK_FALSE(room.flush(fibercast::after(2ms)));
    CHECK_FALSE(on_worker(1, [&] { return room.flush(fibercast::after(2ms)); }));
    CHECK(take().size() == 1);
    CHECK_FALSE(room.flush(fibercast::after(2ms)));  // taken, but not yet dealt with
}
