#include "sse/hub_under_test.hpp"
#include "support/eventually.hpp"

#include <memory>
#include <string>

using namespace fibercast;
namespace {

/// Somebody who looks on, and takes what comes.
class onlooker {
public:
    explicit onlooker(std::size_t capacity = 1'000'000)
        : tap_(std::make_shared<client_tap>(capacity, [] {})) {}

    std::shared_ptr<client_tap> const& tap() const noexcept { return tap_; }

    client_tap::piece& look() {
        auto const more = tap_->take();
        all_.began |= more.began;
        all_.text += more.text;
        all_.left_out += more.left_out;
        all_.ended |= more.ended;
        return all_;
    }
    bool began() {
        return eventually([&] { return look().began; });
    }
    bool sees(std::string const& text) {
        return eventually([&] { return look().text == text; });
    }

private:
    std::shared_ptr<client_tap> const tap_;
    client_tap::piece all_;
};

}  // namespace

TEST_CASE("who looks on sees what a client is written from then on, and nothing else") {
    hub_under_test test;
    auto& watched = test.connect(0, {.topics = {"a"}});
    auto& other = test.connect(0);
    test.broadcast("before");
    CHECK(watched.wait_for("before"));
    onlooker one;
    CHECK(test.hub.tap(watched.id(), one.tap()));
    CHECK(one.began());
    test.hub.publish({"b"}, event("not for it"));
    test.hub.publish({"a"}, event("1"));
    other.send(event("nor this"));
    watched.send(event("2"));
    test.broadcast("3");
    CHECK(watched.wait_for("3"));
    CHECK(one.sees("data: 1\n\ndata: 2\n\ndata: 3\n\n"));
    CHECK(watched.text().starts_with("data: before\n\n"));
    CHECK(watched.text().ends_with("data: 1\n\ndata: 2\n\ndata: 3\n\n"));
    CHECK_FALSE(test.hub.tap(4'711, one.tap()));
}

TEST_CASE("who looks on sees what a client catches up with, and that it is live again") {
    auto settings = hub_under_test::with_history(100);
    settings.channel_capacity = 1;
    hub_under_test test(settings);
    auto& watched = test.connect(0);
    test.broadcast("before");
    CHECK(watched.wait_for("before"));
    auto const before = watched.text();
    onlooker one;
    CHECK(test.hub.tap(watched.id(), one.tap()));
    CHECK(one.began());
    watched.block();
    for (int i = 1; i <= 10; ++i) {
        test.broadcast(std::to_string(i));
        CHECK(test.hub.flush(after(std::chrono::seconds(30))));
    }
    CHECK(test.hub.stats().behind == 1);
    watched.unblock();
    CHECK(watched.wait_for("10"));
    test.broadcast("live");
    CHECK(watched.wait_for("live"));
    CHECK(test.hub.stats().behind == 0);
    CHECK(one.sees(watched.text().substr(before.size() + keep_alive_comment.size())));
}

TEST_CASE("what an onlooker has no room for is left out and counted, and the client gets it") {
    hub_under_test test;
    auto& watched = test.connect(0);
    onlooker slow(20);
    CHECK(test.hub.tap(watched.id(), slow.tap()));
    CHECK(slow.began());
    for (auto const* data : {"1", "2", "3", "4"}) {
        test.broadcast(data);
        CHECK(watched.wait_for(data));
    }
    CHECK(eventually([&] { return test.hub.clients().front().sent == 5; }));  // and a comment
    auto const& seen = slow.look();
    CHECK(seen.text == "data: 1\n\ndata: 2\n\n");
    CHECK(seen.left_out == 2);
    test.broadcast("5");
    CHECK(slow.sees("data: 1\n\ndata: 2\n\ndata: 5\n\n"));
}

TEST_CASE("who looks on is told of the end, behind what was written last") {
    hub_under_test test;
    auto& watched = test.connect(0);
    onlooker one;
    CHECK(test.hub.tap(watched.id(), one.tap()));
    CHECK(one.began());
    test.broadcast("last");
    test.hub.flush(after(std::chrono::seconds(30)));
    test.hub.kick(watched.id());
    CHECK(watched.wait_for_end());
    CHECK(one.look().ended);
    CHECK(one.look().text == "data: last\n\n");
    CHECK(one.tap().use_count() == 1);
}

TEST_CASE("who looks on no more is forgotten, and another sees all") {
    hub_under_test test;
    auto& watched = test.connect(0);
    onlooker first;
    onlooker second;
    for (auto* each : {&first, &second}) {
        CHECK(test.hub.tap(watched.id(), each->tap()));
        CHECK(each->began());
    }
    first.tap()->close();
    test.broadcast("1");
    CHECK(second.sees("data: 1\n\n"));
    CHECK(first.look().text.empty());
    CHECK(first.tap().use_count() == 1);
    second.tap()->close();
    for (auto const* data : {"2", "3"}) {
        test.broadcast(data);
        CHECK(watched.wait_for(data));
    }
    CHECK(second.tap().use_count() == 1);
    CHECK(second.look().text == "data: 1\n\n");
}
