#include "server/server_under_test.hpp"

#include <algorithm>
#include <memory>
#include <mutex>

using fibercast::request;
using fibercast::response;
using fibercast::status;
using lines = fibercast::channel<std::string>;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t many = 200;

/// A server whose `/lines` answers with a channel of the test's own.
class waiting_server {
public:
    waiting_server() {
        test.routes.get("/lines", [this](request const&) {
            auto const made = std::make_shared<lines>(4);
            std::lock_guard const held(mutex_);
            made_.push_back(made);
            return response(status::ok, made);
        });
        test.start();
    }

    std::vector<std::shared_ptr<lines>> made() {
        std::lock_guard const held(mutex_);
        return made_;
    }

    /// The fibers in which connections are run, of all workers.
    std::size_t fibers() {
        std::size_t sum = 0;
        for (auto const& each : test.server().worker_handles())
            sum += each.call([] { return fibercast::worker::current()->runners().size(); }).value();
        return sum;
    }

    /// Of each worker, as many as it keeps for the next that comes, and no more.
    static constexpr std::size_t most = 2 * 17;

    server_under_test test;

private:
    std::mutex mutex_;
    std::vector<std::shared_ptr<lines>> made_;
};

std::vector<tcp_client> clients_of(waiting_server& waiting, std::string const& path,
                                   std::string const& until) {
    std::vector<tcp_client> all;
    for (std::size_t i = 0; i < many; ++i) all.push_back(waiting.test.ask(path));
    for (auto& each : all) each.read_until(until);
    return all;
}

}  // namespace

TEST_CASE("streams that wait have no fiber, and each gets what comes") {
    waiting_server waiting;
    auto streams = waiting.test.streams(many);
    CHECK(waiting.fibers() <= waiting.most);
    for (int i = 0; i < 3; ++i) {
        waiting.test.broadcast("to all");
        for (auto& each : streams) each.read_until("data: to all\n\n\r\n");
    }
    CHECK(waiting.fibers() <= waiting.most);
    streams.clear();
    CHECK(eventually([&] { return waiting.test.clients.size() == 0; }));
}

TEST_CASE("channels that wait as bodies have no fiber, and any thread may push") {
    waiting_server waiting;
    auto readers = clients_of(waiting, "/lines", "\r\n\r\n");
    CHECK(waiting.fibers() <= waiting.most);
    auto const all = waiting.made();
    REQUIRE(all.size() == many);
    for (std::string const line : {"one", "two"}) {
        for (auto const& each : all) CHECK(each->push(line) == fibercast::push_result::taken);
        for (auto& each : readers) each.read_until("3\r\n" + line + "\r\n");
    }
    CHECK(waiting.fibers() <= waiting.most);
    for (auto const& each : all) each->close();
    for (auto& each : readers) each.read_until("0\r\n\r\n");
}

TEST_CASE("a channel that waits as a body is closed when its reader leaves, and when all are cut") {
    waiting_server waiting;
    auto readers = clients_of(waiting, "/lines", "\r\n\r\n");
    auto const all = waiting.made();
    auto const closed = [&] {
        return std::count_if(all.begin(), all.end(),
                             [](auto const& each) { return each->closed(); });
    };
    readers.erase(readers.begin() + many / 2, readers.end());
    CHECK(eventually([&] { return closed() == static_cast<std::ptrdiff_t>(many / 2); }));
    CHECK(waiting.test.server().stop(60s));
    CHECK(closed() == static_cast<std::ptrdiff_t>(many));
    for (auto& each : readers) CHECK(each.read_all() == "0\r\n\r\n");
}

TEST_CASE("connections between requests have no fiber, and each is answered") {
    waiting_server waiting;
    std::vector<tcp_client> silent;
    for (std::size_t i = 0; i < many; ++i) silent.push_back(waiting.test.connect());
    auto kept = clients_of(waiting, "/", "hello");
    CHECK(waiting.fibers() <= waiting.most);
    for (auto* const all : {&silent, &kept}) {
        for (auto& each : *all) each.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        for (auto& each : *all) each.read_until("hello");
    }
    CHECK(waiting.fibers() <= waiting.most);
}

TEST_CASE("who is silent too long between requests is closed, and who does not begin at all") {
    server_under_test test;
    test.settings.limits.idle_time = 20ms;
    test.settings.limits.header_time = 20ms;
    auto& server = test.start();
    auto silent = test.connect();
    auto kept = test.ask("/");
    kept.read_until("hello");
    CHECK(kept.read_all().empty());
    CHECK(silent.read_all().empty());
    CHECK(eventually([&] { return server.stats().connections == 0; }));
    CHECK(server.stats().timed_out == 1);  // between requests silence is no fault
}
