#include "service/known_answers.hpp"

#include "support/patience.hpp"
#include "support/with_workers.hpp"

#include <fibercast/runtime/sleep.hpp>

#include "support/catch.hpp"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

using namespace fibercast;
using namespace std::chrono_literals;
namespace {

/// Something to do that counts how often it was done.
struct work {
    int done = 0;
    bool lasting = true;

    known_answers::answer operator()() { return {status::ok, std::to_string(++done), lasting}; }
};

}  // namespace

TEST_CASE("a request that is repeated is answered again and not done again") {
    known_answers all(10, 10min);
    work it;
    for (int i = 0; i < 3; ++i) CHECK(all.once("a", "body", std::ref(it)).text == "1");
    CHECK(all.once("b", "body", std::ref(it)).text == "2");
}

TEST_CASE("another request with the same key is refused") {
    known_answers all(10, 10min);
    work it;
    all.once("a", "body", std::ref(it));
    CHECK(all.once("a", "other", std::ref(it)).code == status::unprocessable_entity);
    CHECK(all.once("a", "body", std::ref(it)).text == "1");
    CHECK(it.done == 1);
}

TEST_CASE("when nothing was done, the next one tries again") {
    known_answers all(10, 10min);
    work it{.lasting = false};
    CHECK(all.once("a", "body", std::ref(it)).text == "1");
    CHECK(all.once("a", "body", std::ref(it)).text == "2");
    auto const failing = []() -> known_answers::answer { throw std::runtime_error("no"); };
    CHECK_THROWS_AS(all.once("b", "body", failing), std::runtime_error);
    CHECK(all.once("b", "another", std::ref(it)).text == "3");
}

TEST_CASE("answers are forgotten when their time is over, or for newer ones") {
    known_answers all(2, 10min);
    work it;
    auto const start = known_answers::clock::now();
    auto const ask = [&](std::string const& key, std::chrono::seconds later) {
        return all.once(key, "body", std::ref(it), start + later).text;
    };
    CHECK(ask("a", 0s) == "1");
    CHECK(ask("b", 1s) == "2");
    CHECK(ask("a", 599s) == "1");
    CHECK(ask("a", 600s) == "3");  // its time is over
    CHECK(ask("b", 600s) == "2");
    CHECK(ask("c", 600s) == "4");  // more than two
    CHECK(ask("d", 600s) == "5");
    CHECK(ask("b", 600s) == "6");
}

TEST_CASE_METHOD(with_workers, "who comes while the first is at work waits for its answer") {
    known_answers all(10, 10min);
    std::atomic<bool> at_work = false;
    std::atomic<bool> may_end = false;
    std::atomic<int> done = 0;
    auto const slowly = [&] {
        at_work = true;
        while (!may_end) yield();
        ++done;
        return known_answers::answer{status::ok, "first"};
    };
    std::string texts[3];
    std::thread first(
        [&] { texts[0] = on_worker(0, [&] { return all.once("a", "body", slowly).text; }); });
    await("the first at work", [&] { return at_work.load(); });
    std::atomic<int> came = 0;
    std::vector<std::thread> others;
    for (std::size_t i : {0, 1})
        others.emplace_back([&, i] {
            texts[1 + i] = on_worker(i, [&] {
                ++came;
                return all.once("a", "body", slowly).text;
            });
        });
    await("the others", [&] { return came == 2; });
    may_end = true;
    first.join();
    for (auto& each : others) each.join();
    for (auto const& text : texts) CHECK(text == "first");
    CHECK(done == 1);
}

TEST_CASE_METHOD(with_workers, "when the first fails, one of those who wait does it") {
    known_answers all(10, 10min);
    std::atomic<bool> at_work = false;
    std::atomic<bool> may_end = false;
    auto const fails = [&]() -> known_answers::answer {
        at_work = true;
        while (!may_end) yield();
        throw std::runtime_error("no");
    };
    std::thread first([&] {
        CHECK_THROWS_AS(on_worker(0, [&] { return all.once("a", "body", fails).text; }),
                        std::runtime_error);
    });
    await("the first at work", [&] { return at_work.load(); });
    work it;
    std::atomic<bool> came = false;
    std::string text;
    std::thread second([&] {
        text = on_worker(1, [&] {
            came = true;
            return all.once("a", "body", std::ref(it)).text;
        });
    });
    await("the second", [&] { return came.load(); });
    may_end = true;
    first.join();
    second.join();
    CHECK(text == "1");
}
