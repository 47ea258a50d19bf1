#include "http1/conversation.hpp"
#include "support/with_workers.hpp"

#include <fibercast/http/sleep.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/worker.hpp>

#include <chrono>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using fibercast::response;
using fibercast::status;

namespace example {

/// Sleeps once and notes what it was told.
struct sleeping {
    std::chrono::hours span;
    std::vector<bool>* answers;
};
inline void write_body(sleeping& it, fibercast::output& out) {
    it.answers->push_back(fibercast::sleep_for(out, it.span));
}

}  // namespace example

namespace {

constexpr auto get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
constexpr auto head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

}  // namespace

TEST_CASE_METHOD(with_workers, "a body that sleeps is woken when the peer goes") {
    on_worker(0, [] {
        std::vector<bool> answers;
        fibercast::handler const sleeps = [&](auto const&) {
            return response(status::ok, example::sleeping{1h, &answers});
        };
        memory_stream peer(get);
        fibercast::fiber_group fibers(fibercast::worker::current()->stacks());
        fibers.spawn([&] {
            CHECK(peer.output() == head);  // it left before the sleep
            CHECK(peer.watched());
            peer.leave();
        });
        serve(peer, sleeps);
        fibers.join();
        CHECK(answers == std::vector<bool>{false});
        CHECK_FALSE(peer.watched());
    });
}

TEST_CASE_METHOD(with_workers, "a body does not sleep for a peer that has gone before") {
    on_worker(0, [] {
        std::vector<bool> answers;
        memory_stream peer(get);
        fibercast::handler const sleeps = [&](auto const&) {
            peer.leave();
            return response(status::ok, example::sleeping{1h, &answers});
        };
        serve(peer, sleeps);
        CHECK(answers == std::vector<bool>{false});
    });
}

TEST_CASE_METHOD(with_workers, "a body that has slept long enough goes on") {
    on_worker(0, [] {
        std::vector<bool> answers;
        fibercast::handler const sleeps = [&](auto const&) {
            return response(status::ok, example::sleeping{0h, &answers});
        };
        memory_stream peer(get);
        serve(peer, sleeps);
        CHECK(answers == std::vector<bool>{true});
        CHECK(peer.output() == std::string(head) + "0\r\n\r\n");
        CHECK_FALSE(peer.watched());
    });
}
