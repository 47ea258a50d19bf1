// The program as a hub of the Mercure protocol, with keys in files.

#include "support/catch.hpp"
#include "support/curl.hpp"
#include "support/server_process.hpp"
#include "support/token_issuer.hpp"

#include <csignal>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

using namespace end_to_end;

namespace {

std::string publish(server_process const& to, std::string const& form, std::string const& token,
                    std::vector<std::string> more = {}) {
    more.insert(more.end(), {"-d", form});
    return status_of(to.url("/.well-known/mercure"), bearer(token, std::move(more)));
}

}  // namespace

TEST_CASE("the program speaks the Mercure protocol, with a key from a file") {
    token_issuer const from;
    server_process server(from.options());
    curl everybody(server.url("/.well-known/mercure?match=*"));
    curl reader(server.url("/.well-known/mercure?match=news"), bearer(from.reading()));
    server.await_stat("clients", 2);
    CHECK(publish(server, "topic=news&data=secret&private=on", from.publishing()) == "200");
    CHECK(publish(server, "topic=news&data=open", from.publishing()) == "200");
    CHECK_THAT(reader.output().until("data: open\n\n"), ContainsSubstring("data: secret\n"));
    CHECK_THAT(everybody.output().until("data: open\n\n"), !ContainsSubstring("secret"));
    CHECK(publish(server, "topic=news", from.reading()) == "403");
    CHECK(publish(server, "topic=news", "") == "401");
    // What operators publish is seen by its URL, too.
    curl pattern(server.url("/.well-known/mercure?match_urlpattern=/books/:id"));
    server.await_stat("clients", 3);
    server.execute("publish /books/1 hello");
    pattern.output().until("data: hello\n\n");
}

TEST_CASE("keys can be for publishing or subscribing alone, and tokens be asked for") {
    token_issuer const publishes, reads;
    server_process server(publishes.options(
        "publisher-key-file", {"--subscriber-key-file", reads.file, "--anonymous-subscribe",
                               "public/**", "--mercure-subscriptions", "on"}));
    CHECK(publish(server, "topic=a", reads.publishing()) == "401");
    CHECK(publish(server, "topic=a", publishes.publishing()) == "200");
    auto const status = [&](std::string const& path, std::vector<std::string> const& more = {}) {
        return status_of(server.url("/.well-known/mercure" + path), more);
    };
    CHECK(status("?match=private") == "401");
    CHECK(status("?match=private", bearer(publishes.reading())) == "401");
    CHECK(status("/subscriptions", bearer(reads.reading())) == "200");
    curl stream(server.url("/.well-known/mercure?match=public/1"));
    server.await_stat("clients", 1);
}

TEST_CASE("keys are read again on SIGHUP, and when their file changes") {
    token_issuer from;
    server_process server(from.options());
    auto const first = from.publishing();
    CHECK(publish(server, "topic=a", first) == "200");
    std::ofstream(from.file) << "short";
    server.process().send(SIGHUP);
    server.log().until("reload: the keys stay as they were: " + from.file);
    CHECK(publish(server, "topic=a", first) == "200");
    from.replace();
    server.process().send(SIGHUP);
    server.log().until("reload: the keys were read again");
    CHECK(publish(server, "topic=a", first) == "401");
    CHECK(publish(server, "topic=a", from.publishing()) == "200");
    auto const second = from.publishing();
    from.replace();
    server.log().until("access: the keys have changed, and are read");
    CHECK(publish(server, "topic=a", second) == "401");
    CHECK(publish(server, "topic=a", from.publishing()) == "200");
}

TEST_CASE("without keys nobody can publish, which the start says") {
    server_process server;
    server.log().until("nobody can publish on the public address");
    CHECK(publish(server, "topic=a", "") == "401");
    token_issuer const stranger;
    CHECK(publish(server, "topic=a", stranger.publishing()) == "401");
    curl stream(server.url("/.well-known/mercure?match=a"));
    server.await_stat("clients", 1);
}

TEST_CASE("the Mercure protocol can be left out") {
    server_process server({"--mercure", "off"});
    CHECK(fetch(server.url("/.well-known/mercure?match=a"), {"-i"}).starts_with("HTTP/1.1 404 "));
}

TEST_CASE("a key that is none ends the start") {
    token_issuer const from;
    std::ofstream(from.file) << "short";
    child_process starting(program(from.options()));
    CHECK(starting.wait() == 1);
    CHECK_THAT(starting.errors().until_end(),
               StartsWith("fibercast: cannot start: " + from.file + ": "));
}

TEST_CASE("an address has its number of streams over all routes together") {
    server_process server({"--max-clients-per-address", "1"});
    {
        curl mercure(server.url("/.well-known/mercure?match=a"));
        server.await_stat("clients", 1);
        CHECK(status_of(server.url("/")) == "503");
    }
    server.await_stat("clients", 0);
    curl stream(server.url("/"));
    server.await_stat("clients", 1);
    CHECK(status_of(server.url("/.well-known/mercure?match=a")) == "503");
}
