#include "server/failing_allocation.hpp"
#include "server/server_under_test.hpp"

#include <array>
#include <new>
#include <optional>
#include <system_error>

using namespace std::chrono_literals;

namespace {

/// What has become of a client at the end.
struct ending {
    bool welcomed = false;
    bool got_broadcast = false;
    bool complete = false;  ///< Its stream has ended with the last chunk.
};

ending ending_of(std::string const& received) {
    auto const has = [&](char const* text) { return received.find(text) != received.npos; };
    return {.welcomed = has("data: welcome"),
            .got_broadcast = has("data: to all"),
            .complete = received.ends_with("\r\n0\r\n\r\n")};
}

/// What a call did that may fail for want of memory.
template <typename F>
bool succeeds(failing_allocation& failing, F call) {
    try {
        return failing.counted(call);
    } catch (std::bad_alloc const&) {
        return false;
    } catch (std::system_error const&) {  // a thread or a socket that needed memory
        return false;
    }
}

/// The life of a server with two clients, one on each worker, in which the n-th allocation fails.
class scenario {
public:
    /// Allocates what is allocated once.
    void warm_up() {
        failing_allocation none(1'000'000);
        live_through(none);
        CHECK_FALSE(none.happened());
    }

    /// True: there were not so many allocations.
    bool passes_without_failure(std::size_t n) {
        INFO("allocation " << n << " fails");
        auto const descriptors_before = open_descriptors();
        auto const live_before = live_allocations();
        bool happened = false;
        {
            failing_allocation failing(n);
            live_through(failing);
            happened = failing.happened();
        }
        CHECK(open_descriptors() == descriptors_before);
        CHECK(live_allocations() == live_before);
        return !happened;
    }

    /// Whether a request was refused, as there was no memory to read it.
    bool has_rejected() const { return has_rejected_; }

private:
    void live_through(failing_allocation& failing) {
        fibercast::hub clients;
        fibercast::router routes;
        routes.get("/", [](fibercast::request const&) {
            return fibercast::response::text(fibercast::status::ok, "first");
        });
        routes.get("/events", [&](fibercast::request const&) {
            auto client = clients.join();
            client.send(fibercast::event("welcome"));
            return fibercast::event_stream(std::move(client));
        });
        fibercast::server::options settings{.port = 0, .workers = 2, .side_threads = 1};
        settings.limits.linger_time = 0s;  // the peers close after the server has ended
        fibercast::server server(routes, settings);
        fibercast::event const to_all("to all");
        if (!succeeds(failing, [&] { return server.start(), true; })) return;
        failing.count_others();
        std::array<std::string, 2> received;
        std::vector<tcp_client> peers;
        std::size_t unanswered = 0;
        for (auto& each : received) {
            peers.emplace_back(server.address().port());
            peers.back().send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            auto const first = peers.back().read_until_or_end("\r\n\r\n");
            if (first.empty()) ++unanswered;
            if (!first.starts_with("HTTP/1.1 200 ")) continue;
            peers.back().read_until("first");
            peers.back().send("GET /events HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            each = peers.back().read_until_or_end("data: welcome\n\n\r\n");
            if (each.empty()) ++unanswered;
        }
        bool const sent = succeeds(failing, [&] { return clients.broadcast(to_all).has_value(); });
        succeeds(failing, [&] { return clients.flush(fibercast::after(60s)); });
        succeeds(failing, [&] { return clients.send(1, fibercast::event("to one")), true; });
        CHECK(failing.counted([&] { return server.stop(60s); }));
        for (std::size_t i = 0; i < peers.size(); ++i) {
            received[i] += peers[i].read_all();
            INFO("client " << i << " got " << received[i]);
            auto const end = ending_of(received[i]);
            // An event that was sent comes to everybody whose stream goes on to its proper end.
            if (end.welcomed && end.complete) CHECK(end.got_broadcast == sent);
            if (!sent) CHECK_FALSE(end.got_broadcast);
        }
        CHECK(clients.size() == 0);
        CHECK(server.stats().connections == 0);
        CHECK(unanswered <= server.stats().refused);
        if (server.stats().rejected != 0) has_rejected_ = true;
    }

    bool has_rejected_ = false;
};

}  // namespace

TEST_CASE("whichever allocation fails in a server's life, it goes on, or ends, and loses nothing") {
    scenario life;
    life.warm_up();
    std::size_t n = 1;
    while (!life.passes_without_failure(n)) REQUIRE(++n < 5'000);
    CHECK(n > 50);
    CHECK(life.has_rejected());
}
