#include <fibercast/runtime/detail/side_threads.hpp>
#include <fibercast/runtime/worker_pool.hpp>

#include "support/catch.hpp"
#include "support/open_descriptors.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <concepts>
#include <cstdio>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

namespace {

/// The exit status of `function` in a child of this process.
template <std::invocable F>
int in_child(F function) {
    auto const child = ::fork();
    if (child == 0) ::_exit(function());
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

constexpr int said_so = 42;

int started_with(fibercast::worker_pool::options const& settings) {
    try {
        fibercast::worker_pool pool(settings);
        return 0;
    } catch (std::system_error const& failure) {
        bool const named = std::string(failure.what()).find("cannot start") == 0;
        return named && failure.code() ? said_so : 1;
    }
}

}  // namespace

TEST_CASE("a pool that cannot have its descriptors says so by std::system_error") {
    // 64 workers need a few hundred.
    CHECK(in_child([] {
              rlimit const few{40, 40};
              ::setrlimit(RLIMIT_NOFILE, &few);
              return started_with({.workers = 64, .side_threads = 2});
          }) == said_so);
}

TEST_CASE("a pool that cannot have its threads says so and leaves none behind") {
    // Each thread's stack takes 8 MiB of address space: the room is for some of them.
    CHECK(in_child([] {
              ::alarm(30);  // it used to hang
              rlimit stack{8 << 20, RLIM_INFINITY};
              ::setrlimit(RLIMIT_STACK, &stack);
              long pages = 0;
              if (std::FILE* const size = std::fopen("/proc/self/statm", "r")) {
                  if (std::fscanf(size, "%ld", &pages) != 1) return 2;
                  std::fclose(size);
              }
              auto const now = static_cast<rlim_t>(pages) * 4096;
              rlimit const tight{now + (100u << 20), now + (100u << 20)};
              ::setrlimit(RLIMIT_AS, &tight);
              auto const status = started_with({.workers = 1, .side_threads = 1'000});
              return open_descriptors() > 0 ? status : 3;
          }) == said_so);
}

TEST_CASE("side threads run what waits before they end") {
    struct count final : fibercast::task {
        explicit count(std::atomic<int>& of) : runs(of) {}
        void run() noexcept override { ++runs; }
        std::atomic<int>& runs;
    };
    std::atomic<int> runs = 0;
    std::vector<std::unique_ptr<count>> all;
    for (int i = 0; i < 100; ++i) all.push_back(std::make_unique<count>(runs));
    {
        fibercast::side_threads threads(2);
        for (auto const& each : all) threads.run(*each);
    }
    CHECK(runs == 100);
}
