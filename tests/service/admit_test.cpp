// What handlers ask of whoever decides who may do what; of tokens nothing is known here.

#include "service/service_under_test.hpp"
#include "sse/some_rights.hpp"

#include <fibercast/http/router.hpp>
#include <fibercast/service/publishing.hpp>
#include <fibercast/service/subscribing.hpp>
#include <fibercast/sse/hub.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using namespace fibercast;
namespace {

response forbidden() { return response::text(status::forbidden, "no\n"); }

/// Publishes for whoever names a user; nothing about the topic `secret`.
struct guarded_publishing {
    guarded_publishing() {
        publisher const by(clients,
                           {.admit = [this](request const& asked) { return admit(asked); }});
        routes.post("/broadcast", by.broadcasting());
        routes.post("/topics/{topic...}", by.to_topic());
        routes.post("/publish", by.to_topics());
    }

    std::variant<publish_permit, response> admit(request const& asked) {
        ++asked_for;
        auto const user = std::string(asked.header("User"));
        if (user.empty()) return response::text(status::unauthorized, "who?\n");
        return publish_permit{.refusal_of = [this](auto topics) { return refusal_of(topics); },
                              .publisher = user};
    }

    std::optional<response> refusal_of(std::span<std::string const> topics) {
        seen.emplace_back(topics.begin(), topics.end());
        if (closed || std::ranges::count(topics, "secret") != 0) return forbidden();
        return std::nullopt;
    }

    response post(std::string const& user, std::string const& path, std::string body,
                  fields more = {}) {
        if (!user.empty()) more.add("User", user);
        return routes(request("POST", path, std::move(more), std::move(body)));
    }

    response repeatable(std::string const& user, std::string body) {
        fields with_key;
        with_key.add("Idempotency-Key", "k");
        return post(user, "/topics/a", std::move(body), std::move(with_key));
    }

    std::uint64_t published() const {
        return clients.stats().published + clients.stats().broadcasts;
    }

    hub clients;
    router routes;
    bool closed = false;
    int asked_for = 0;
    std::vector<std::vector<std::string>> seen;
};

fields typed(std::string const& type) {
    fields made;
    made.add("Content-Type", type);
    return made;
}

}  // namespace

TEST_CASE_METHOD(guarded_publishing, "who is nobody is not told what is wrong with the request") {
    CHECK(post("", "/topics/a", "x").status() == status::unauthorized);
    CHECK(post("", "/publish", "{", typed("application/json")).status() == status::unauthorized);
    CHECK(post("", "/broadcast?nonsense", "x").status() == status::unauthorized);
    CHECK(post("", "/publish", "", typed("multipart/form-data")).status() == status::unauthorized);
    CHECK(asked_for == 4);
    CHECK(seen.empty());
    CHECK(post("ann", "/publish", "{", typed("application/json")).status() == status::bad_request);
    CHECK(post("ann", "/topics/secret?nonsense", "x").status() == status::bad_request);
    CHECK(seen.empty());
    CHECK(published() == 0);
}

TEST_CASE_METHOD(guarded_publishing, "who may not publish one event of many publishes none") {
    auto const lines =
        "{\"data\":\"1\",\"topics\":[\"a\"]}\n"
        "{\"data\":\"2\",\"topics\":[\"b\",\"secret\"]}\n";
    CHECK(post("ann", "/publish", lines, typed("application/x-ndjson")).status() ==
          status::forbidden);
    CHECK(seen == std::vector<std::vector<std::string>>{{"a"}, {"b", "secret"}});
    CHECK(published() == 0);
    CHECK(post("ann", "/topics/a", "x").status() == status::ok);
    CHECK(post("ann", "/topics/a?topic=secret", "x").status() == status::forbidden);
    CHECK(post("ann", "/broadcast", "x").status() == status::ok);
    CHECK(seen.back().empty());
    CHECK(published() == 2);
}

TEST_CASE_METHOD(guarded_publishing, "an Idempotency-Key is nothing to who is somebody else") {
    for (auto const* const user : {"ann", "ann", "bob", "bob"})
        CHECK(repeatable(user, "x").status() == status::ok);
    CHECK(published() == 2);
    CHECK(repeatable("ann", "y").status() == status::unprocessable_entity);
    CHECK(repeatable("eve", "y").status() == status::ok);
    CHECK(published() == 3);
    CHECK(repeatable("", "x").status() == status::unauthorized);
    closed = true;  // who may not any more is not answered from memory
    CHECK(repeatable("ann", "x").status() == status::forbidden);
}

TEST_CASE("whoever puts digits into their name gets no other one's keys") {
    guarded_publishing test;
    auto const post = [&](std::string const& user, std::string const& key) {
        fields with_key;
        with_key.add("Idempotency-Key", key);
        return test.post(user, "/topics/a", "x", std::move(with_key)).status();
    };
    CHECK(post("a", "bc") == status::ok);
    CHECK(post("ab", "c") == status::ok);
    CHECK(post("1:a", "bc") == status::ok);
    CHECK(test.published() == 3);
}

TEST_CASE("a stream is asked for before it is there, once the request is understood") {
    hub clients;
    std::vector<std::string> wanted;
    auto const stream =
        subscribe_to(clients, {.admit = [&](request const& asked, subscription& wants) {
                         CHECK(asked.header("User") == "ann");
                         wanted = wants.topics;
                         return std::optional(forbidden());
                     }});
    auto const get = [&](std::string const& target) {
        fields from;
        from.add("User", "ann");
        return stream(request("GET", target, std::move(from))).status();
    };
    CHECK(get("/?topic=a&topic=b/*") == status::forbidden);
    CHECK(wanted == std::vector<std::string>{"a", "b/*"});
    wanted.clear();
    CHECK(get("/?topic=") == status::bad_request);
    CHECK(get("/?overflow=nonsense") == status::bad_request);
    CHECK(wanted.empty());
    CHECK(clients.size() == 0);
}

TEST_CASE("who lets a stream in sets its terms: its rights, its end, what it gets") {
    service_under_test server;
    auto const rights = rights_to({"news"});
    server.routes.get("/stream", subscribe_to(server.clients, {.admit = [&](auto const&, auto& to) {
                                                  to.rights = rights;
                                                  to.topics = {"news", "other"};
                                                  return std::optional<response>();
                                              }}));
    server.routes.get("/ended", subscribe_to(server.clients, {.admit = [](auto const&, auto& to) {
                                                 to.ends_at = after(std::chrono::milliseconds(0));
                                                 return std::optional<response>();
                                             }}));
    server.start();
    curl_stream stream(server.url("/stream"));
    auto const publish = [&](std::string const& topic, bool is_private) {
        server.clients.publish(
            {.topics = {{topic}}, .what = event(topic), .is_private = is_private});
    };
    publish("other", true);
    publish("news", true);
    publish("other", false);
    CHECK(without_ids(stream.output().until("data: other\n\n")) == "data: news\n\ndata: other\n\n");
    curl ended(server.url("/ended"));
    ended.wait();
    REQUIRE(eventually([&] { return server.clients.stats().ended_by(end_reason::expired) == 1; }));
}
