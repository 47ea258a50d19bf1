// Who may do what at the routes of the program that are not the Mercure protocol's.

#include "support/admin_server.hpp"
#include "support/catch.hpp"
#include "support/curl.hpp"
#include "support/server_process.hpp"
#include "support/token_issuer.hpp"
#include "support/without_ids.hpp"

#include <chrono>
#include <csignal>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace end_to_end;

namespace {

std::string const news = R"({"match":"news"})";
std::string const books = R"({"match":"/books/:id","match_type":"urlpattern"})";

std::string publish(server_process const& to, std::string const& path, std::string const& text,
                    std::vector<std::string> more) {
    more.insert(more.end(), {"--data-binary", text, "-H", "Content-Type: text/plain"});
    return status_of(to.url(path), std::move(more));
}

/// What was published, of a stream whose last event is `end`.
std::string events_of(curl& stream) { return without_ids(stream.output().until("data: end\n\n")); }

std::string cookie(std::string const& token) {
    return "Cookie: __Secure-mercure_access_token=" + token;
}

}  // namespace

TEST_CASE("what is private reaches only whom it may, live and replayed") {
    token_issuer const from;
    // Also without the protocol, whose patterns tokens have.
    auto const mercure = GENERATE("on", "off");
    server_process server(from.options("jwt-key-file", {"--mercure", mercure}));
    struct one {
        std::vector<std::string> options;
        std::string sees;
    };
    std::vector<one> const all{
        {{}, "data: 2\n\ndata: end\n\n"},
        {bearer(from.reading(news)), "data: 1\n\ndata: 2\n\ndata: end\n\n"},
        {bearer(from.reading(books)), "data: 2\n\ndata: 3\n\ndata: end\n\n"},
        {bearer(from.reading()), "data: 1\n\ndata: 2\n\ndata: 3\n\ndata: end\n\n"},
        {bearer(from.publishing()), "data: 2\n\ndata: end\n\n"},
        {{"-H", cookie(from.reading(news))}, "data: 1\n\ndata: 2\n\ndata: end\n\n"},
    };
    std::vector<std::unique_ptr<curl_stream>> live;
    for (auto const& each : all)
        live.push_back(std::make_unique<curl_stream>(server.url("/?topic=*"), each.options));
    auto const by = bearer(from.publishing());
    CHECK(publish(server, "/topics/news?private", "1", by) == "200");
    CHECK(publish(server, "/topics/news", "2", by) == "200");
    CHECK(publish(server, "/topics//books/7?private&topic=x", "3", by) == "200");
    CHECK(publish(server, "/broadcast", "end", by) == "200");
    for (std::size_t i = 0; i < all.size(); ++i) {
        INFO(mercure << ", reader " << i);
        CHECK(events_of(*live[i]) == all[i].sees);
        curl replayed(server.url("/?topic=*&last_event_id=earliest"), all[i].options);
        CHECK(events_of(replayed) == all[i].sees);
    }
    live.clear();
}

TEST_CASE("a token must allow what is published, on the public address") {
    token_issuer const from;
    admin_server server(from.options());
    auto const some = bearer(from.publishing(news));
    CHECK(publish(server, "/topics/news", "x", some) == "200");
    CHECK(publish(server, "/topics/other", "x", some) == "403");
    CHECK(publish(server, "/publish?topic=news&topic=other", "x", some) == "403");
    CHECK(publish(server, "/broadcast", "x", some) == "403");
    CHECK(publish(server, "/publish?nonsense", "x", bearer(from.reading())) == "400");
    CHECK(publish(server, "/topics/news", "x", bearer(from.reading())) == "403");
    CHECK(publish(server, "/publish?nonsense", "x", {}) == "401");
    CHECK_THAT(fetch(server.url("/broadcast"), {"-i", "-d", "x"}),
               ContainsSubstring("\r\nWWW-Authenticate: Bearer resource_metadata=\""));
    token_issuer const stranger;
    CHECK(publish(server, "/topics/news", "x", bearer(stranger.publishing())) == "401");
    // Operators need none.
    CHECK(status_of(server.admin("/broadcast"), {"-d", "x"}) == "200");
}

TEST_CASE("a stream ends before its token does") {
    token_issuer const from;
    server_process server(from.options());
    constexpr std::chrono::seconds good(4);
    auto const token = from.token(R"("subscribe")", token_issuer::everything, good);
    // Its `exp`, of whole seconds, is not later.
    auto const late = std::chrono::system_clock::now() + good;
    curl_stream stream(server.url("/?topic=*"), bearer(token));
    stream.wait();
    CHECK(std::chrono::system_clock::now() < late);
    server.await_stat("ended_expired", 1);
}

TEST_CASE("without a token only what the patterns say may be subscribed to") {
    token_issuer const from;
    server_process server(
        from.options("jwt-key-file", {"--anonymous-subscribe", "public/**,news"}));
    for (auto const* const query : {"?topic=other", "?topic=*", "?topic=public/a&topic=other",
                                    "?topic=public", "?topic=news/*"}) {
        INFO(query);
        CHECK(status_of(server.url("/") + query) == "401");
    }
    CHECK(status_of(server.url("/?topic=news"), bearer("nonsense")) == "401");
    curl_stream const open(server.url("/?topic=public/*&topic=news"));
    curl_stream const known(server.url("/?topic=other"), bearer(from.reading()));
    server.await_stat("clients", 2);
}

TEST_CASE("where a token is needed, operators' pages need none") {
    token_issuer const from;
    admin_server server(from.options("jwt-key-file", {"--anonymous-subscribe", "off"}));
    CHECK(status_of(server.url("/")) == "401");
    CHECK(status_of(server.url("/?topic=news")) == "401");
    curl_stream const known(server.url("/"), bearer(from.reading()));
    curl_stream const demo(server.admin("/demo/events"));
    server.await_stat("clients", 2);
}

TEST_CASE("with a cookie only pages of known origins publish") {
    token_issuer const from;
    server_process server(from.options(
        "jwt-key-file", {"--cors-origin", "https://app.example.com,null", "--cors-credentials"}));
    auto const post = [&](std::vector<std::string> more) {
        more.insert(more.end(), {"-H", cookie(from.publishing())});
        return publish(server, "/topics/news", "x", std::move(more));
    };
    CHECK(post({}) == "403");
    CHECK(post({"-H", "Origin: https://evil.example"}) == "403");
    CHECK(post({"-H", "Origin: null"}) == "403");
    CHECK(post({"-H", "Origin: https://app.example.com"}) == "200");
    CHECK(post({"-H", "Origin: https://hub.example.com"}) == "200");  // the hub's own
    CHECK(post({"-H", "Referer: https://app.example.com/page"}) == "200");
    CHECK(server.stat("published") == 3);
}

TEST_CASE("the pages that may send cookies are asked beforehand how they may publish") {
    token_issuer const from;
    server_process server(
        from.options("jwt-key-file", {"--cors-origin", "https://app.example.com"}));
    auto const answer =
        fetch(server.url("/topics/news"),
              {"-i", "-X", "OPTIONS", "-H", "Origin: https://app.example.com", "-H",
               "Access-Control-Request-Method: POST", "-H",
               "Access-Control-Request-Headers: authorization,content-type,idempotency-key"});
    CHECK_THAT(answer, StartsWith("HTTP/1.1 204 ") && ContainsSubstring("POST") &&
                           ContainsSubstring("Authorization") &&
                           ContainsSubstring("Content-Type") &&
                           ContainsSubstring("Idempotency-Key"));
    CHECK_THAT(fetch(server.url("/topics/news"),
                     {"-i", "-d", "x", "-H", "Origin: https://app.example.com"}),
               StartsWith("HTTP/1.1 401 ") &&
                   ContainsSubstring("Access-Control-Allow-Origin: https://app.example.com\r\n"));
}

TEST_CASE("whose Idempotency-Key it is, is who the token is of") {
    token_issuer const from;
    server_process server(from.options());
    auto const post = [&](std::string const& text, std::string const& token) {
        return publish(server, "/topics/news", text,
                       bearer(token, {"-H", "Idempotency-Key: order-7"}));
    };
    CHECK(post("x", from.publishing()) == "200");
    CHECK(post("x", from.publishing(news)) == "200");  // another token of the same one
    CHECK(post("y", from.publishing()) == "422");
    CHECK(post("x", from.publishing(books)) == "403");
    CHECK(server.stat("published") == 1);
}

TEST_CASE("new keys count for streams and publishing, by SIGHUP and when their file changes") {
    token_issuer from;
    server_process server(from.options());
    auto const check_old_and_new = [&](std::string const& old_publisher,
                                       std::string const& old_reader) {
        CHECK(publish(server, "/topics/a", "x", bearer(old_publisher)) == "401");
        CHECK(status_of(server.url("/"), bearer(old_reader)) == "401");
        CHECK(publish(server, "/topics/a", "x", bearer(from.publishing())) == "200");
        curl_stream const stream(server.url("/"), bearer(from.reading()));
    };
    auto publisher = from.publishing(), reader = from.reading();
    CHECK(publish(server, "/topics/a", "x", bearer(publisher)) == "200");
    from.replace();
    server.process().send(SIGHUP);
    server.log().until("reload: the keys were read again");
    check_old_and_new(publisher, reader);
    publisher = from.publishing(), reader = from.reading();
    from.replace();
    server.log().until("access: the keys have changed, and are read");
    check_old_and_new(publisher, reader);
}

TEST_CASE("a password for a proxy is no token, and no bad one") {
    std::vector<std::string> const password{"-u", "user:password"};
    server_process open;
    curl_stream const stream(open.url("/"), password);
    token_issuer const from;
    server_process server(from.options());
    curl_stream const of_server(server.url("/"), password);
    CHECK(publish(server, "/topics/a", "x", password) == "401");
    server_process closed({"--anonymous-subscribe", "off"});
    CHECK(status_of(closed.url("/"), password) == "401");
}

TEST_CASE("without a key for publishing there is no route to publish on the public address") {
    token_issuer const from;
    for (auto const& options : {std::vector<std::string>(), from.options("subscriber-key-file")}) {
        server_process server(options);
        server.log().until("nobody can publish on the public address");
        for (auto const* const path : {"/broadcast", "/topics/a", "/publish"})
            CHECK(publish(server, path, "x", bearer(from.publishing())) == "404");
        CHECK(publish(server, "/", "x", bearer(from.publishing())) == "405");
    }
}
