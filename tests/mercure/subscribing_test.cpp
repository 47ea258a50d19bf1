// Subscribing to a hub of the Mercure protocol, over HTTP.

#include "mercure/mercure_under_test.hpp"

#include "support/catch.hpp"

#include <fibercast/service/topic_urls.hpp>

#include <chrono>
#include <string>

TEST_CASE("a matcher selects topics: exactly, by a URL pattern, or all") {
    mercure_under_test test;
    test.start();
    auto exact = test.subscribe("match=https://example.com/books/1&match_exact=last");
    auto pattern = test.subscribe("match_urlpattern=https://example.com/books/:id&match=last");
    auto relative = test.subscribe("match_urlpattern=/books/:id&match=last");
    auto all = test.subscribe("match_urlpattern=*");
    CHECK(exact.head.starts_with("HTTP/1.1 200 "));
    CHECK(field_of(exact.head, "Content-Type") == "text/event-stream");
    CHECK(field_of(exact.head, "Mercure-Last-Event-ID").empty());
    for (std::string const form :
         {"topic=https://example.com/books/1&data=1", "topic=HTTPS://example.com/books/1&data=2",
          "topic=/books/3&data=3", "topic=https://hub.example.com/books/4&data=4",
          "topic=https://example.com/books/5/6&data=5", "topic=https://[bad&data=6",
          "topic=x&topic=https://example.com/books/7&data=7", "topic=last&data=last"})
        test.publish(form);
    auto const numbers = [](mercure_stream& of) {
        auto const text = of.until("last");
        std::string found;
        for (char c = '1'; c <= '7'; ++c) {
            if (has(text, std::string("data: ") + c + '\n')) found += c;
        }
        return found;
    };
    CHECK(numbers(exact) == "1");
    CHECK(numbers(pattern) == "127");
    CHECK(numbers(relative) == "34");
    CHECK(numbers(all) == "1234567");
}

TEST_CASE("a URL pattern sees what others publish, where the hub spells their topics") {
    auto settings = service_under_test::with_history();
    settings.spelling = fibercast::spelled_as_urls(fibercast::parse_url(test_hub).value());
    mercure_under_test test(settings);
    test.start();
    auto stream = test.subscribe("match_urlpattern=/books/:id");
    test.clients.publish({"/books/1"}, fibercast::event("1"));
    test.clients.publish({"/books/1/2"}, fibercast::event("2"));
    test.clients.publish({"https://hub.example.com/books/3"}, fibercast::event("3"));
    CHECK_FALSE(has(stream.until("3"), "data: 2"));
}

TEST_CASE("who asks for the head of a stream is no subscriber") {
    mercure_under_test test;
    test.hub_settings.subscriptions = true;
    test.start();
    auto const target = std::string(test.path) + "?match=a";
    auto const head = test.ask("HEAD", target);
    CHECK(head.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"));
    CHECK(test.clients.stats().joined == 0);
    CHECK(test.clients.stats().published == 0);  // nobody hears of it
    CHECK(test.ask("HEAD", test.path).starts_with("HTTP/1.1 400 "));
}

TEST_CASE("a stream is open with its first byte, which does not wait for an update") {
    mercure_under_test test;
    test.start();
    auto stream = test.subscribe("match=a");
    CHECK(stream.connection.read_until("\n\r\n") == "2\r\n:\n\r\n");
    test.publish("topic=a&data=1");
    auto late = test.subscribe("match=a&last_event_id=earliest");
    CHECK_FALSE(has(late.until("1"), ":\n\r\n"));
}

TEST_CASE("a stray percent sign is itself, as in a browser's form") {
    mercure_under_test test;
    test.start();
    auto stream = test.subscribe("match=100%");
    test.publish("topic=100%&data=50%+off");
    stream.until("50% off");
}

TEST_CASE("what is wrong with a subscription is said, and nobody joins") {
    mercure_under_test test;
    test.start();
    std::string many = "match=x";
    for (int i = 0; i < 100; ++i) many += "&match=" + std::to_string(i);
    for (std::string const& query :
         {std::string(), std::string("topic=a"), std::string("match="), std::string("Match=a"),
          std::string("match_regexp=a"), std::string("match_urlpattern=%7B"),
          std::string("match=%FF"), std::string("match=a%0A"), "match=" + std::string(1025, 'a'),
          many}) {
        INFO(query);
        CHECK(test.ask("GET", test.path + ('?' + query)).starts_with("HTTP/1.1 400 "));
    }
    CHECK(test.clients.stats().joined == 0);
}

TEST_CASE("a subscriber has few regular expressions, and as many other patterns as matchers") {
    mercure_under_test test;
    test.start();
    std::string plain, costly;
    for (int i = 0; i < 90; ++i) plain += fmt::format("&match_urlpattern=/{}/:id/*", i);
    for (int i = 0; i < 9; ++i) costly += fmt::format("&match_urlpattern=/{}/([ab]%2B)", i);
    auto const stream = test.subscribe(plain + costly + "&match_urlpattern=/x/:id?");
    CHECK(stream.head.starts_with("HTTP/1.1 200 "));
    for (std::string const one_more : {"https://:a?.example.com/:id?", "/x/:id?%23:b?"}) {
        INFO(one_more);
        auto const answer =
            test.ask("GET", test.path + ("?match=a" + costly + "&match_urlpattern=" + one_more));
        CHECK(answer.starts_with("HTTP/1.1 400 "));
        CHECK(has(answer, "more than 10 regular expressions"));
    }
    CHECK(test.clients.stats().joined == 1);
}

TEST_CASE("a long list of matchers comes in the body of QUERY, beside the query") {
    mercure_under_test test;
    test.start();
    auto asking = test.connect();
    std::string const form = "match=b&last_event_id=earliest";
    asking.send(
        "QUERY /.well-known/mercure?match=a HTTP/1.1\r\nHost: x\r\nContent-Type: "
        "application/x-www-form-urlencoded\r\nContent-Length: " +
        std::to_string(form.size()) + "\r\n\r\n" + form);
    CHECK(field_of(asking.read_until("\r\n\r\n"), "Mercure-Last-Event-ID") == "earliest");
    test.publish("topic=a&data=1");
    test.publish("topic=c&data=2");
    test.publish("topic=b&data=3");
    auto const text = asking.read_until("data: 3\n\n");
    CHECK(has(text, "data: 1\n"));
    CHECK_FALSE(has(text, "data: 2\n"));
    CHECK(test.ask("QUERY", test.path + std::string("?match=a"), "", "x")
              .starts_with("HTTP/1.1 415 "));
}

TEST_CASE("who comes back gets what followed, and is told behind which event it begins") {
    mercure_under_test test;
    test.start();
    auto const first = test.publish("topic=a&data=1");
    test.publish("topic=b&data=2&id=urn:2");
    test.publish("topic=a&data=3&id=urn:3");
    auto const begins = [&](std::string const& query, std::string const& field = "") {
        auto stream = test.subscribe("match=a" + query, "", field);
        return field_of(stream.head, "Mercure-Last-Event-ID") + ' ' +
               (has(stream.until("3"), "data: 1\n") ? "all" : "the last");
    };
    CHECK(begins("&last_event_id=%23" + first.substr(1)) == first + " the last");
    CHECK(begins("&last_event_id=urn:2") == "urn:2 the last");
    CHECK(begins("&last_event_id=earliest") == "earliest all");
    CHECK(begins("&last_event_id=unknown") == "earliest all");
    CHECK_FALSE(has(test.subscribe("match=a&last_event_id=unknown").until("3"), "fibercast.gap"));
    CHECK(begins("&last_event_id=earliest", "Last-Event-ID: urn:2\r\n") == "urn:2 the last");
    auto const nothing_new = test.subscribe("match=a&last_event_id=urn:3");
    CHECK(field_of(nothing_new.head, "Mercure-Last-Event-ID") == "urn:3");
    auto const none_named = test.subscribe("match=a&last_event_id=");
    CHECK(field_of(none_named.head, "Mercure-Last-Event-ID") == "urn:3");
}

TEST_CASE("what is private reaches whom a token allows to read one of its topics") {
    mercure_under_test test;
    test.start();
    auto const first = test.publish("topic=public&data=0");
    std::string const query = "match=*&last_event_id=%23" + first.substr(1);
    auto const mine = test.token(detail(R"("subscribe")", pattern("/users/42/*")));
    auto const book = test.token(detail(R"("publish","subscribe")", exact("/books/1")));
    auto const other = test.token(detail(R"("publish")", exact("*")));
    auto live_mine = test.subscribe("match=*", mine);
    auto live_nobody = test.subscribe("match=*");
    test.publish("topic=/books/1&topic=/users/42/books/1&private=on&data=1");
    test.publish("topic=/books/1&private&data=2");
    test.publish("topic=/books/2&private=&data=3");
    test.publish("topic=public&data=last");
    auto const read_by = [](mercure_stream stream) {
        auto const text = stream.until("last");
        std::string found;
        for (char c = '1'; c <= '3'; ++c) {
            if (has(text, std::string("data: ") + c + '\n')) found += c;
        }
        return found;
    };
    CHECK(read_by(std::move(live_mine)) == "1");
    CHECK(read_by(std::move(live_nobody)).empty());
    CHECK(read_by(test.subscribe(query)).empty());
    CHECK(read_by(test.subscribe(query, mine)) == "1");
    CHECK(read_by(test.subscribe(query, book)) == "12");
    CHECK(read_by(test.subscribe(query, other)).empty());
}

TEST_CASE("a token that does not count is refused, and none where one is needed") {
    mercure_under_test test;
    test.hub_settings.access.anonymous = {"news/**"};
    test.start();
    auto const status_of = [&](std::string const& query, std::string const& token = "") {
        return test.ask("GET", test.path + ('?' + query), test.bearer(token)).substr(9, 3);
    };
    CHECK(status_of("match=a", "x") == "401");
    CHECK(status_of("match=a") == "401");
    CHECK(status_of("match=*") == "401");
    CHECK(status_of("match=news/1&match=a") == "401");
    CHECK(status_of("match_urlpattern=https://example.com/*") == "401");
    CHECK(status_of("match=&") == "400");
    CHECK(test.clients.stats().joined == 0);
    CHECK(test.subscribe("match=news/1").head.starts_with("HTTP/1.1 200 "));
    auto const any = test.token(detail(R"("subscribe")", exact("x")));
    CHECK(test.subscribe("match=*", any).head.starts_with("HTTP/1.1 200 "));
}

TEST_CASE("without a token URL patterns may be subscribed to by what they begin with") {
    mercure_under_test test;
    test.hub_settings.access.anonymous = {"https://example.com/public/**"};
    test.start();
    CHECK(test.subscribe("match_urlpattern=https://example.com/public/:id")
              .head.starts_with("HTTP/1.1 200 "));
    for (std::string const pattern :
         {"https://example.com/:id", "https://example.com/public:id", "*",
          "*://example.com/public/a", "https://example.com/(public|private)/:id"}) {
        INFO(pattern);
        CHECK(test.ask("GET", test.path + ("?match_urlpattern=" + pattern))
                  .starts_with("HTTP/1.1 401 "));
    }
}

TEST_CASE("a stream does not outlive its token, nor the longest time of streams") {
    mercure_under_test test;
    test.start();
    auto const brief = test.token(detail(R"("subscribe")", exact("*")), std::chrono::seconds(2));
    auto const begun = std::chrono::system_clock::now();
    auto stream = test.subscribe("match=a", brief);
    stream.connection.read_all();
    CHECK(std::chrono::system_clock::now() - begun < std::chrono::seconds(2));
    CHECK(test.clients.stats().ended_by(fibercast::end_reason::expired) == 1);
}

TEST_CASE("a stream ends after the longest time that one may last") {
    mercure_under_test test;
    test.hub_settings.longest_stream = std::chrono::milliseconds(50);
    test.start();
    test.subscribe("match=a").connection.read_all();
    CHECK(test.clients.stats().ended_by(fibercast::end_reason::expired) == 1);
}

TEST_CASE("where the hub is full, who comes is told to come again") {
    mercure_under_test test;
    test.hub_settings.limits.max_clients_per_address = 1;
    test.start();
    auto const first = test.subscribe("match=a");
    CHECK(test.ask("GET", test.path + std::string("?match=a")).starts_with("HTTP/1.1 503 "));
}
