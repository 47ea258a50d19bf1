#include "support/with_workers.hpp"

#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/detail/shared_stack.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/sleep.hpp>
#include <fibercast/runtime/worker.hpp>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <thread>

using fibercast::on_shared_stack;

namespace {

/// How far apart two addresses are.
std::uintptr_t distance(void const* one, void const* other) {
    auto const a = reinterpret_cast<std::uintptr_t>(one);
    auto const b = reinterpret_cast<std::uintptr_t>(other);
    return a < b ? b - a : a - b;
}

[[gnu::noinline]] void const* frame() { return __builtin_frame_address(0); }

}  // namespace

TEST_CASE_METHOD(with_workers, "a call on the shared stack does not touch the fiber's own") {
    on_worker(0, [] {
        auto const* const own = frame();
        auto const* const shared = on_shared_stack(frame);
        CHECK(distance(own, shared) >= fibercast::default_stack_size / 2);
        CHECK(distance(shared, on_shared_stack(frame)) < 1024);  // the same for every call
    });
}

TEST_CASE_METHOD(with_workers, "all fibers of a worker share one stack") {
    void const* first = nullptr;
    void const* second = nullptr;
    on_worker(0, [&] { first = on_shared_stack(frame); });
    on_worker(0, [&] { second = on_shared_stack(frame); });
    CHECK(distance(first, second) < 1024);
    on_worker(1, [&] { second = on_shared_stack(frame); });
    CHECK(distance(first, second) >= fibercast::default_stack_size / 2);
}

TEST_CASE_METHOD(with_workers, "what is thrown on the shared stack arrives at the caller") {
    on_worker(0, [] {
        CHECK_THROWS_AS(on_shared_stack([]() -> int { throw std::range_error("far"); }),
                        std::range_error);
        CHECK(on_shared_stack([] { return 7; }) == 7);  // and the stack is as good as before
    });
}

TEST_CASE("on a thread that is no worker a call for the shared stack runs where it is") {
    std::thread::id ran_on;
    on_shared_stack([&] { ran_on = std::this_thread::get_id(); });
    CHECK(ran_on == std::this_thread::get_id());
}

TEST_CASE_METHOD(with_workers, "a call within a call runs where it is") {
    on_worker(0, [] {
        CHECK(on_shared_stack([] { return 1 + on_shared_stack([] { return 2; }); }) == 3);
        CHECK(on_shared_stack([] { return 4; }) == 4);
    });
}

TEST_CASE_METHOD(with_workers, "while one call suspends, another fiber calls") {
    on_worker(0, [&] {
        fibercast::parking_spot spot;
        fibercast::fiber_group fibers(fibercast::worker::current()->stacks());
        int first = 0;
        fibers.spawn([&] {
            first = on_shared_stack([&] {
                spot.park();
                return 1;
            });
        });
        fibercast::yield();
        CHECK(on_shared_stack([] { return 2; }) == 2);
        CHECK(first == 0);
        spot.unpark();
        fibers.join();
        CHECK(first == 1);
        CHECK(on_shared_stack([] { return 3; }) == 3);
    });
}
