// Who has subscribed to what: the events of it, and the list.

#include "mercure/mercure_under_test.hpp"

#include "support/catch.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <vector>

namespace json = boost::json;

namespace {

std::string const tree = "/.well-known/mercure/subscriptions";
std::string const below = tree + "/exact/a%2Fb";

struct with_subscriptions : mercure_under_test {
    explicit with_subscriptions(fibercast::hub_options const& settings = with_history())
        : mercure_under_test(settings) {
        hub_settings.subscriptions = true;
        start();
    }

    /// A token to follow all subscriptions with.
    std::string follower() const {
        return token(detail(R"("subscribe")", pattern(tree + "/*") + ',' + exact(tree)));
    }

    json::value list(std::string const& target) const {
        auto const answer = ask("GET", target, bearer(follower()));
        INFO(answer);
        CHECK(answer.starts_with("HTTP/1.1 200 "));
        CHECK(field_of(answer, "Content-Type") == "application/json");
        return json::parse(body_of(answer));
    }

    std::string status_of(std::string const& target, std::string const& token) const {
        return ask("GET", target, bearer(token)).substr(9, 3);
    }

    std::size_t listed() const { return list(tree).at("subscriptions").as_array().size(); }
};

json::value data_of(std::string const& text) {
    auto const start = text.rfind("data: ") + 6;
    return json::parse(text.substr(start, text.find('\n', start) - start));
}

std::string text(json::value const& of, char const* member) {
    return std::string(of.at(member).as_string());
}

}  // namespace

TEST_CASE("a subscription is published when it begins and when it ends, to whom may know") {
    with_subscriptions test;
    auto watching =
        test.subscribe("match_urlpattern=" + tree + "/exact/:match/:who", test.follower());
    auto outside = test.subscribe("match=*");
    auto const payload = R"(,"payload":{"name":"x"})";
    auto const mine = test.token(detail(R"("subscribe")", exact("a/b"), payload));
    auto const event_with = [&](std::string const& active) {
        auto told = watching.connection.read_until("\"active\":" + active);
        return data_of(told += watching.connection.read_until("\n\n"));
    };
    CHECK(text(event_with("true"), "match") == "*");
    json::value begun;
    {
        auto stream = test.subscribe("match=a/b", mine);
        begun = event_with("true");
        CHECK(text(begun, "type") == "subscription");
        CHECK(text(begun, "match_type") == "exact");
        CHECK(text(begun, "match") == "a/b");
        CHECK(text(begun, "subscriber").starts_with("urn:uuid:"));
        CHECK(text(begun, "id").starts_with(below + "/urn%3Auuid%3A"));
        CHECK(begun.at("payload") == json::parse(R"({"name":"x"})"));
        CHECK(test.list(text(begun, "id")) == begun);
    }
    auto const ended = event_with("false");
    CHECK(ended.at("id") == begun.at("id"));
    CHECK(test.status_of(text(begun, "id"), test.follower()) == "404");
    test.publish("topic=x&data=last");
    CHECK_FALSE(has(outside.until("last"), "subscriber"));
}

TEST_CASE("the events of subscriptions are of the type 'mercure', and have ids") {
    with_subscriptions test;
    auto watching = test.subscribe("match_urlpattern=" + tree + "/*", test.follower());
    auto const text = watching.connection.read_until("\n\n");
    CHECK(has(text, "event: mercure\n"));
    CHECK(has(text, "id: #"));
}

TEST_CASE("the list has all subscriptions, those by one matcher, and a single one") {
    with_subscriptions test;
    CHECK(test.listed() == 0);
    auto const first = test.subscribe("match=a/b&match_urlpattern=/x/:y&match=a/b");
    auto const second = test.subscribe("match=a/b");
    auto const all = test.list(tree);
    CHECK(text(all, "id") == tree);
    CHECK(text(all, "type") == "subscriptions");
    CHECK(all.at("subscriptions").as_array().size() == 3);
    // However the request is encoded, the path is the hub's.
    auto const some = test.list(tree + "/exact/%61%2fb");
    CHECK(text(some, "id") == below);
    REQUIRE(some.at("subscriptions").as_array().size() == 2);
    auto const one = some.at("subscriptions").at(0);
    CHECK(text(one, "match") == "a/b");
    CHECK(one.at("active").as_bool());
    CHECK(test.list(text(one, "id")) == one);
    CHECK(test.list(tree + "/urlpattern/%2Fx%2F%3Ay").at("subscriptions").as_array().size() == 1);
    CHECK(test.list(tree + "/exact/nobody").at("subscriptions").as_array().empty());
    CHECK(test.status_of(tree + "/regexp/a", test.follower()) == "404");
    CHECK(test.status_of(below + "/urn%3Auuid%3A0", test.follower()) == "404");
}

TEST_CASE("the list is for whom a token allows to read it") {
    with_subscriptions test;
    CHECK(test.status_of(tree, "") == "401");
    CHECK(test.status_of(tree, "x") == "401");
    CHECK(test.status_of(tree, test.token(detail(R"("publish")", exact("*")))) == "403");
    CHECK(test.status_of(tree, test.token(detail(R"("subscribe")", exact("*")))) == "200");
    auto const exactly = test.token(detail(R"("subscribe")", exact(below)));
    CHECK(test.status_of(below, exactly) == "200");
    CHECK(test.status_of(tree + "/exact/%61%2fb?x=y", exactly) == "200");
    CHECK(test.status_of(tree, exactly) == "403");
    CHECK(test.status_of(below + "/x", exactly) == "403");
}

TEST_CASE("the list says from which event on it is to be followed") {
    with_subscriptions test;
    auto const head = [&](std::string const& fields = "") {
        return test.ask("GET", tree, test.bearer(test.follower()) + fields);
    };
    auto const link = [](std::string const& cursor) {
        return "<" + test_hub + ">; rel=\"mercure\"; last-event-id=\"" + cursor +
               "\"; type=\"mercure\"; content-type=\"application/json\"";
    };
    CHECK(field_of(head(), "Link") == link("earliest"));
    test.publish("topic=a&id=q\"\\");
    CHECK(field_of(head(), "Link") == link("q\\\"\\\\"));
    auto const before = head();
    CHECK(field_of(before, "Cache-Control") == "private, must-revalidate");
    auto const tag = field_of(before, "ETag");
    auto const unchanged = head("If-None-Match: " + tag + "\r\n");
    CHECK(unchanged.starts_with("HTTP/1.1 304 "));
    CHECK(field_of(unchanged, "ETag") == tag);
    auto const id = test.publish("topic=a");
    CHECK(head("If-None-Match: " + tag + "\r\n").starts_with("HTTP/1.1 200 "));
    CHECK(field_of(head(), "Link") == link(id));
}

TEST_CASE("a list that is another has another tag, whatever ids there are") {
    auto without_history = mercure_under_test::with_history();
    without_history.history = 0;
    for (auto const& settings : {mercure_under_test::with_history(), without_history}) {
        INFO(settings.history);
        with_subscriptions test(settings);
        auto const tag = [&] {
            return field_of(test.ask("GET", tree, test.bearer(test.follower())), "ETag");
        };
        test.publish("topic=a&id=same");
        auto const none = tag();
        CHECK(tag() == none);
        auto const stream = test.subscribe("match=a");
        test.publish("topic=a&id=same");
        auto const one = tag();
        CHECK(one != none);
        auto const answer =
            test.ask("GET", tree, test.bearer(test.follower()) + "If-None-Match: " + none + "\r\n");
        CHECK(answer.starts_with("HTTP/1.1 200 "));
    }
}

TEST_CASE("all ends are published when many end at once") {
    with_subscriptions test;
    auto watching = test.subscribe("match_urlpattern=" + tree + "/exact/a/:who", test.follower());
    constexpr int count = 50;
    {
        std::vector<mercure_stream> streams;
        for (int i = 0; i < count; ++i) streams.push_back(test.subscribe("match=a&match=b"));
    }
    for (int i = 0; i < count; ++i) watching.connection.read_until("\"active\":false");
    CHECK(eventually([&] { return test.clients.size() == 1; }));
    CHECK(test.listed() == 1);
}

TEST_CASE("a server that stops publishes the ends of its streams, and ends") {
    with_subscriptions test;
    std::vector<mercure_stream> streams;
    for (int i = 0; i < 20; ++i) streams.push_back(test.subscribe("match=a&match=b"));
    auto const published = test.clients.stats().published;
    CHECK(test.server().stop());
    CHECK(test.clients.size() == 0);
    CHECK(test.clients.stats().published == 2 * published);
    for (auto& each : streams) each.connection.read_all();
}

TEST_CASE("the longest matcher is published, too, however long it becomes") {
    with_subscriptions test;
    auto watching = test.subscribe("match_urlpattern=" + tree + "/exact/*", test.follower());
    std::string const longest(1024, '/');
    auto const stream = test.subscribe("match=" + longest);
    CHECK(has(watching.connection.read_until("\n\n"), "\"match\":\"" + longest + '"'));
    CHECK(test.listed() == 2);
}

TEST_CASE("where nobody is told, there is no list") {
    mercure_under_test test;
    test.start();
    CHECK(test.ask("GET", tree).starts_with("HTTP/1.1 404 "));
}
