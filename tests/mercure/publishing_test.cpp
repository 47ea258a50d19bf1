// Publishing to a hub of the Mercure protocol, over HTTP.

#include "mercure/mercure_under_test.hpp"

#include "support/catch.hpp"

#include <string>

TEST_CASE("what is published reaches who has subscribed, and its id comes back") {
    mercure_under_test test;
    test.start();
    auto exact = test.subscribe("match=books%2F1");
    auto all = test.subscribe("match=*");
    auto const answer = test.post("topic=books/1&data=one&topic=other&id=urn:x:1&type=t&retry=50",
                                  test.publisher());
    CHECK(answer.starts_with("HTTP/1.1 200 "));
    CHECK(field_of(answer, "Content-Type") == "text/plain; charset=utf-8");
    CHECK(body_of(answer) == "urn:x:1");
    for (auto* const each : {&exact, &all}) {
        auto const text = each->until("one");
        CHECK(has(text, "id: urn:x:1\n"));
        CHECK(has(text, "event: t\n"));
        CHECK(has(text, "retry: 50\n"));
    }
    auto const own = test.publish("topic=books/1&data=a%0Aid: x%0D%0Ab");
    CHECK(own.starts_with('#'));
    auto const text = exact.until("a\ndata: id: x\ndata: b");
    CHECK(has(text, "id: " + own + "\n"));
}

TEST_CASE("without a history each update has an id all the same") {
    mercure_under_test test(server_under_test::without_history());
    test.start();
    auto stream = test.subscribe("match=a");
    auto const first = test.publish("topic=a&data=1");
    CHECK(first.starts_with("urn:uuid:"));
    CHECK(has(stream.until("1"), "id: " + first + "\n"));
    CHECK(test.publish("topic=a&data=1") != first);
}

TEST_CASE("who publishes needs a token, before anything else is looked at") {
    mercure_under_test test;
    test.start();
    auto const refused = [&](std::string const& token, std::string const& form) {
        auto const answer = test.post(form, token);
        return answer.substr(9, 3) + ' ' + field_of(answer, "WWW-Authenticate");
    };
    auto const metadata = "resource_metadata=\"" + test_metadata + '"';
    CHECK(refused("", "topic=a&data=1") == "401 Bearer " + metadata);
    CHECK(refused("", "data=1") == "401 Bearer " + metadata);
    CHECK(refused("x", "topic=a") == "401 Bearer error=\"invalid_token\", " + metadata);
    auto const reads = test.token(detail(R"("subscribe")", exact("*")));
    CHECK(refused(reads, "data=1") == "400 ");
    CHECK(refused(reads, "topic=a") == "403 Bearer error=\"insufficient_scope\", " + metadata);
    auto const one = test.token(detail(R"("publish")", exact("a")));
    CHECK(refused(one, "topic=a&topic=b") ==
          "403 Bearer error=\"insufficient_scope\", " + metadata);
    CHECK(refused(one, "topic=a") == "200 ");
    CHECK(test.clients.stats().published == 1);
}

TEST_CASE("nobody publishes below the hub's own path, or as the hub") {
    mercure_under_test test;
    test.start();
    for (std::string const form :
         {"topic=/.well-known/mercure", "topic=a&topic=/.well-known/mercure/subscriptions/x",
          "topic=https://hub.example.com/.well-known/mercure/x", "topic=/.well-known/%256Dercure/x",
          "topic=/a/../.well-known/mercure/x", "topic=ftp://x/.well-known/mercure/x",
          "topic=mercure/x", "topic=*", "topic=a&topic=*", "topic=a&type=mercure",
          "topic=a&id=%23x", "topic=a&id=earliest", "topic=a%00", "topic=%FF", "topic=a&retry=1x",
          "data=x", ""}) {
        INFO(form);
        auto const answer = test.post(form, test.publisher());
        CHECK(answer.starts_with("HTTP/1.1 400 "));
    }
    CHECK(test.ask("POST", test.path, test.bearer(test.publisher()), "topic=a")
              .starts_with("HTTP/1.1 415 "));
    CHECK(test.post("topic=" + std::string(1025, 'a'), test.publisher())
              .starts_with("HTTP/1.1 413 "));
    CHECK(test.clients.stats().published == 0);
}

TEST_CASE("a cookie publishes from the pages that are known, and from no other") {
    mercure_under_test test;
    test.hub_settings.access.origins = {"https://app.example.com"};
    test.start();
    auto const cookie =
        "Cookie: " + std::string(fibercast::usual_token_cookie) + '=' + test.publisher() + "\r\n";
    CHECK(test.post("topic=a", "", cookie).starts_with("HTTP/1.1 403 "));
    CHECK(test.post("topic=a", "", cookie + "Origin: https://evil.example\r\n")
              .starts_with("HTTP/1.1 403 "));
    CHECK(test.post("topic=a", "", cookie + "Origin: https://app.example.com\r\n")
              .starts_with("HTTP/1.1 200 "));
}

TEST_CASE("a token in the URL is none") {
    mercure_under_test test;
    test.start();
    auto const token = test.publisher();
    for (std::string const name : {"access_token", "authorization"}) {
        auto const answer =
            test.ask("POST", test.path + ('?' + name + '=' + token),
                     "Content-Type: application/x-www-form-urlencoded\r\n", "topic=a");
        CHECK(answer.starts_with("HTTP/1.1 401 "));
    }
}
