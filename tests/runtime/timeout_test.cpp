#include "support/with_workers.hpp"

#include <fibercast/runtime/detail/timeouts.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <chrono>
#include <deque>
#include <vector>

using fibercast::after;
using fibercast::worker;
using namespace std::chrono_literals;

namespace {

class noted final : public fibercast::timeout {
public:
    noted(std::vector<int>& in, int number) : in_(in), number_(number) {}

private:
    void passed() noexcept override { in_.push_back(number_); }

    std::vector<int>& in_;
    int number_;
};

}  // namespace

TEST_CASE_METHOD(with_workers, "timeouts pass in the order of their times, and not before") {
    on_worker(0, [] {
        std::vector<int> passed;
        noted last(passed, 3);
        noted first(passed, 1);
        noted second(passed, 2);
        auto const begin = std::chrono::steady_clock::now();
        last.start(begin + 30ms);
        first.start(begin + 10ms);
        second.start(begin + 20ms);
        while (passed.size() < 3) fibercast::sleep_for(1ms);
        CHECK(std::chrono::steady_clock::now() >= begin + 30ms);
        CHECK(passed == std::vector{1, 2, 3});
        CHECK_FALSE(last.started());
    });
}

TEST_CASE_METHOD(with_workers, "a timeout that is cancelled, or gone, or never, does not pass") {
    on_worker(0, [] {
        std::vector<int> passed;
        noted cancelled(passed, 1);
        cancelled.start(after(1ms));
        cancelled.cancel();
        CHECK_FALSE(cancelled.started());
        cancelled.cancel();
        {
            noted gone(passed, 2);
            gone.start(after(1ms));
        }
        noted at_no_time(passed, 3);
        at_no_time.start(fibercast::never);
        CHECK_FALSE(at_no_time.started());
        noted last(passed, 4);
        last.start(after(5ms));
        while (passed.empty()) fibercast::sleep_for(1ms);
        CHECK(passed == std::vector{4});
    });
}

TEST_CASE_METHOD(with_workers, "a timeout that is started anew passes once, at the new time") {
    on_worker(0, [] {
        std::vector<int> passed;
        noted one(passed, 1);
        one.start(after(1ms));
        one.start(after(1h));
        noted two(passed, 2);
        two.start(after(5ms));
        while (passed.empty()) fibercast::sleep_for(1ms);
        CHECK(passed == std::vector{2});
        one.start(fibercast::deadline{});  // long ago: soon
        while (passed.size() < 2) fibercast::yield();
        CHECK(passed == std::vector{2, 1});
    });
}

TEST_CASE_METHOD(with_workers, "while very many timeouts pass others have a turn") {
    on_worker(0, [] {
        constexpr int many = 640;
        std::vector<int> passed;
        std::deque<noted> all;
        auto const now = std::chrono::steady_clock::now();
        for (int i = 0; i < many; ++i) all.emplace_back(passed, i).start(now);
        std::size_t turns = 0;
        for (; passed.size() < many; ++turns) fibercast::yield();
        CHECK(turns >= 9);
    });
}
