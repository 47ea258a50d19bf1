#include "runtime/dig.hpp"
#include "support/last_words.hpp"
#include "support/sanitizer.hpp"
#include "support/with_workers.hpp"

#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/handler_stack.hpp>
#include <fibercast/runtime/one_shot.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <memory>
#include <new>
#include <regex>
#include <stdexcept>
#include <string>
#include <vector>

using fibercast::fiber_group;
using fibercast::on_handler_stack;
using fibercast::worker;
using namespace std::chrono_literals;

// Large frames are what is tested here.
#pragma GCC diagnostic ignored "-Wframe-larger-than="

namespace {

/// What the process has in memory, in KiB: its pages and their tables.
long memory_used() {
    std::ifstream status("/proc/self/status");
    long sum = 0;
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("RssAnon:") || line.starts_with("VmPTE:"))
            sum += std::stol(line.substr(line.find(':') + 1));
    }
    return sum;
}

}  // namespace

TEST_CASE_METHOD(with_workers, "what runs on a handler's stack returns and throws as elsewhere") {
    on_worker(0, [] {
        CHECK(on_handler_stack([] { return 3; }) == 3);
        CHECK(*on_handler_stack([] { return std::make_unique<int>(4); }) == 4);
        bool ran = false;
        on_handler_stack([&] { ran = true; });
        CHECK(ran);
        CHECK_THROWS_WITH(on_handler_stack([]() -> int { throw std::runtime_error("no"); }), "no");
        CHECK(on_handler_stack([] { return worker::current()->index(); }) == 0);
    });
    CHECK(on_handler_stack([] { return 5; }) == 5);  // on a thread that is no worker
}

TEST_CASE_METHOD(with_workers, "a handler's stack has room for a megabyte") {
    on_worker(0, [] {
        CHECK(on_handler_stack([] { return dig(900); }) != 0);
        CHECK(on_handler_stack([] {
                  char volatile large[512 * 1024];
                  for (std::size_t i = 0; i < sizeof large; i += 512) large[i] = 1;
                  return large[sizeof large / 2];
              }) == 1);
        CHECK(on_handler_stack(
            [] { return std::regex_match(std::string(500, 'a'), std::regex("(a|b)*")); }));
    });
}

TEST_CASE_METHOD(with_workers, "handlers that went deep leave one warm stack, not many") {
    if (under_address_sanitizer || under_thread_sanitizer) return;  // they take memory of their own
    on_worker(0, [] {
        auto const before = memory_used();
        for (int i = 0; i < 50; ++i) {
            on_handler_stack([] { return dig(900); });
            on_handler_stack(
                [] { return std::regex_match(std::string(500, 'a'), std::regex("(a|b)*")); });
        }
        auto const kept = memory_used() - before;
        INFO(kept << " KiB kept");
        CHECK(kept < 1'536);
    });
}

TEST_CASE_METHOD(with_workers, "a call inside such a call goes on where it is") {
    on_worker(0, [] {
        auto const here = [] {
            return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
        };
        auto const distance = on_handler_stack([&] {
            auto const outer = here();
            return outer - on_handler_stack([&] { return on_handler_stack(here); });
        });
        CHECK(distance < 64 * 1024);
        CHECK_THROWS_WITH(
            on_handler_stack([] { on_handler_stack([] { throw std::runtime_error("inner"); }); }),
            "inner");
    });
}

TEST_CASE_METHOD(with_workers, "what runs on a handler's stack may suspend in every way") {
    on_worker(0, [&] {
        fiber_group fibers(worker::current()->stacks());
        std::vector<int> sums(50);
        for (int i = 0; i < 50; ++i) {
            fibers.spawn([&sums, i, this] {
                sums[static_cast<std::size_t>(i)] = on_handler_stack([&] {
                    int sum = 0;
                    for (int j = 0; j < 10; ++j) {
                        int volatile mine = i;
                        fibercast::yield();
                        fibercast::sleep_for(1ms);
                        sum += mine + on_worker(1, [] { return 1; });
                        try {
                            throw std::runtime_error("each has its own");
                        } catch (std::runtime_error const&) {
                            ++sum;
                        }
                    }
                    return sum;
                });
            });
        }
        fibers.join();
        for (int i = 0; i < 50; ++i) CHECK(sums[static_cast<std::size_t>(i)] == 10 * i + 20);
    });
}

TEST_CASE_METHOD(with_workers, "unused stack can be given back after a call and inside it") {
    on_worker(0, [] {
        CHECK(on_handler_stack([] {
                  fibercast::release_unused_stack();
                  return dig(500);
              }) != 0);
        fibercast::release_unused_stack();
        CHECK(on_handler_stack([] { return dig(500); }) != 0);
    });
}

TEST_CASE_METHOD(with_workers,
                 "10,000 suspended handlers take a few pages each and give them back") {
    // ThreadSanitizer counts a fiber as a thread, twice here.
    constexpr long count = under_thread_sanitizer ? 500 : 10'000;
    on_worker(0, [&] {
        fiber_group fibers(worker::current()->stacks());
        auto const before = memory_used();
        long inside = 0;
        bool go_on = false;
        for (long i = 0; i < count; ++i) {
            fibers.spawn([&] {
                on_handler_stack([&] {
                    ++inside;
                    while (!go_on) fibercast::sleep_for(20ms);
                });
            });
        }
        while (inside < count) fibercast::yield();
        auto const during = memory_used();
        go_on = true;
        fibers.join();
        auto const after = memory_used();
        if (under_address_sanitizer || under_thread_sanitizer) return;
        INFO((during - before) * 1024 / count << " bytes for each; " << after - before
                                              << " KiB kept");
        CHECK((during - before) * 1024 / count < 16 * 1024);
        CHECK(after - before < 8 * 1024);
    });
}

TEST_CASE("a handler that overflows its stack ends the program with the option's name") {
    if (under_address_sanitizer || under_thread_sanitizer) return;
    auto const words = last_words([] {
        fibercast::worker_pool pool({.workers = 1, .side_threads = 1});
        pool[0].call([] { return on_handler_stack([] { return dig(1'000'000); }); });
    });
    CHECK_THAT(words, ContainsSubstring("handler_stack_size"));
}

TEST_CASE("a frame as large as the stack does not jump over its guard") {
    if (under_address_sanitizer || under_thread_sanitizer) return;
    auto const words = last_words([] {
        fibercast::worker_pool pool({.workers = 1, .side_threads = 1});
        pool[0].call([] {
            on_handler_stack([] {
                char volatile one[600 * 1024];
                one[0] = 1;
                auto const deeper = [] {
                    char volatile other[600 * 1024];
                    other[0] = 1;
                    return other[0];
                };
                return one[0] + deeper();
            });
        });
    });
    CHECK_THAT(words, ContainsSubstring("handler_stack_size"));
}

TEST_CASE("without memory for a stack a call throws, and the worker goes on") {
    if (under_address_sanitizer || under_thread_sanitizer) return;  // they need the address space
    auto const child = ::fork();
    if (child == 0) {
        fibercast::worker_pool pool({.workers = 1, .side_threads = 1});
        auto const status = pool[0].call([] {
            rlimit const nothing{1, RLIM_INFINITY};
            ::setrlimit(RLIMIT_AS, &nothing);
            bool threw = false;
            try {
                on_handler_stack([] {});
            } catch (std::bad_alloc const&) {
                threw = true;
            }
            rlimit const all{RLIM_INFINITY, RLIM_INFINITY};
            ::setrlimit(RLIMIT_AS, &all);
            return threw && on_handler_stack([] { return true; }) ? 0 : 1;
        });
        ::_exit(status);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
}
