// The claim of the library: handlers that block cost nothing but their own time.

#include "http1/conversation.hpp"

#include "support/sanitizer.hpp"

#include <fibercast/http/handler.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/sleep.hpp>
#include <fibercast/runtime/worker_pool.hpp>

#include "support/catch.hpp"

#include <atomic>
#include <chrono>
#include <string>

using namespace std::chrono_literals;

TEST_CASE(
    "10,000 handlers that sleep for a second at once take little more than a second on 2 workers") {
    // ThreadSanitizer counts a fiber as a thread and knows at most 8,128 of them.
    int const count = under_thread_sanitizer ? 1'000 : 10'000;
    std::atomic<int> answered = 0;
    fibercast::handler const answer = [](fibercast::request const&) {
        fibercast::sleep_for(1s);
        return fibercast::response::text(fibercast::status::ok, "slept");
    };
    auto const serve_one = [&] {
        memory_stream stream("GET / HTTP/1.1\r\nHost: here\r\n\r\n");
        serve(stream, answer);
        if (stream.output().ends_with("slept")) ++answered;
    };
    fibercast::worker_pool pool({.workers = 2});
    auto const start = std::chrono::steady_clock::now();
    for (auto& worker : pool) {
        worker->post([&fibers = worker->fibers(), &serve_one, share = count / 2] {
            for (int i = 0; i < share; ++i) fibers.spawn([&serve_one] { serve_one(); });
        });
    }
    pool.stop();  // waits for all of them
    auto const took = std::chrono::steady_clock::now() - start;
    CHECK(answered == count);
    CHECK(took >= 1s);
    CHECK(took < (under_address_sanitizer || under_thread_sanitizer ? 30s : 3s));
}
