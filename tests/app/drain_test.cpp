#include "app/drain.hpp"

#include "server/server_under_test.hpp"
#include "support/captured_log.hpp"

#include <future>
#include <latch>
#include <sstream>
#include <string>
#include <thread>

using namespace fibercast;
using namespace std::chrono_literals;
namespace {

/// Without those about the worker that is blocked.
std::string lines_of_drain(std::string const& log) {
    std::istringstream lines(log);
    std::string all;
    for (std::string line; std::getline(lines, line);)
        if (!line.starts_with("warning: worker-")) all += line + '\n';
    return all;
}

/// Two streams, one on each worker, and a handler that blocks the second worker, which accepts
/// nothing: so a drain waits for what was broadcast there.
class blocked_worker : public server_under_test {
public:
    explicit blocked_worker(std::function<void()> until) {
        routes.get("/blocks", [this, until = std::move(until)](request const&) {
            entered_.set_value();
            until();
            return response::text(status::ok, "done");
        });
        start();
        streams_ = streams(2);
        ask("/").read_until("hello");  // the first worker's turn
        blocking_.emplace(ask("/blocks"));
        entered_.get_future().wait();
        broadcast("last words");
    }

    void read_to_the_end() {
        blocking_->read_until("done");
        blocking_->close();
        for (auto& each : streams_) CHECK_THAT(each.read_all(), ContainsSubstring("last words"));
    }

private:
    std::promise<void> entered_;
    std::vector<tcp_client> streams_;
    std::optional<tcp_client> blocking_;
};

}  // namespace

TEST_CASE("before anybody is ended, nobody is accepted any more") {
    std::latch go_on(1);
    blocked_worker test([&] { go_on.wait(); });
    auto drained =
        std::async(std::launch::async, [&] { app::drain(test.clients, test.server(), 10s, 600s); });
    CHECK(eventually([&] {
        try {
            test.connect();
            return false;
        } catch (std::runtime_error const&) {
            return true;
        }
    }));
    CHECK(test.clients.size() == 2);
    CHECK_FALSE(test.server().stats().stopping);
    go_on.count_down();
    test.read_to_the_end();
    drained.get();
}

TEST_CASE("a drain says each second how many are left") {
    captured_log const log;
    {
        blocked_worker test([] { std::this_thread::sleep_for(1'500ms); });
        auto drained = std::async(std::launch::async,
                                  [&] { app::drain(test.clients, test.server(), 10s, 60s); });
        test.read_to_the_end();
        drained.get();
    }
    CHECK(lines_of_drain(log.text()) ==
          "info: stopping: 2 connected, to be ended within 2ms, and 1m to take what is left\n"
          "info: stopping: 2 still connected\n"
          "info: stopped: all connections ended in peace\n");
}
