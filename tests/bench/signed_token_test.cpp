#include "clients/signed_token.hpp"
#include "contest/mercure_hub.hpp"

#include <fibercast/access/verifier.hpp>

#include "support/catch.hpp"

#include <array>
#include <memory>

namespace {

std::string decoded(std::string text) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string bytes;
    unsigned bits = 0;
    int held = 0;
    for (char const c : text) {
        bits = bits << 6 | static_cast<unsigned>(digits.find(c));
        held += 6;
        if (held < 8) continue;
        held -= 8;
        bytes += static_cast<char>(bits >> held & 0xff);
    }
    return bytes;
}

}  // namespace

TEST_CASE("a token is signed as RFC 7515 shows it in appendix A.1") {
    CHECK(bench::signed_token("{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}",
                              "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n "
                              "\"http://example.com/is_root\":true}",
                              decoded("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3"
                                      "Yj0iPS4hcgUuTwjAzZr1Z9CAow")) ==
          "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
          "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp"
          "0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}

TEST_CASE("a hub of the Mercure protocol is a server with a key, and a query for its subscribers") {
    bench::mercure_hub const hub;
    bench::contestant const server{.name = "ours", .command = "serve --admin off"};
    auto const who = hub.subscribed_by(server, "match=t{n}");
    CHECK(who.url == "http://127.0.0.1:{port}/.well-known/mercure?match=t{n}");
    CHECK(who.publish == "http://127.0.0.1:{admin}/publish");
    CHECK_THAT(who.command, StartsWith("serve --admin 127.0.0.1:{admin} --hub-url ") &&
                                ContainsSubstring(" --jwt-key-file \""));
    auto running = server;
    running.command.clear();
    running.url = "http://127.0.0.1:3000/hub";
    running.publish = "/publish";
    auto const there = hub.subscribed_by(running, "match=t{n}");
    CHECK(there.url == "http://127.0.0.1:3000/hub?match=t{n}");
    CHECK(there.publish == "/publish");
    CHECK(there.command.empty());
}

TEST_CASE("a token says what its holder may subscribe to, as our hub reads it") {
    bench::mercure_hub const hub;
    auto const command = hub.subscribed_by({.name = "ours", .command = "serve"}, "match=a").command;
    auto const value_of = [&](std::string const& option) {
        auto const begin = command.find(option) + option.size() + 1;
        auto const text = command.substr(begin, command.find(' ', begin) - begin);
        return text.starts_with('"') ? text.substr(1, text.size() - 2) : text;
    };
    auto const url = value_of("--hub-url");
    auto const keys = std::make_shared<fibercast::key_ring>(std::vector<fibercast::key_file>{
        {.issuer = value_of("--issuer"), .path = value_of("--jwt-key-file")}});
    fibercast::verifier const check{keys, {.rules = {.audience = url}, .hub_url = url}};
    auto const read =
        check.verify(hub.token("me", {"https://example.com/a"}), fibercast::token_role::subscribe);
    using fibercast::grant;
    REQUIRE(std::holds_alternative<std::shared_ptr<grant const>>(read));
    auto const& allowed = *std::get<std::shared_ptr<grant const>>(read);
    CHECK(allowed.subject == "me");
    auto const resolved = [](std::string const& topic) {
        return fibercast::resolved_topic(topic, fibercast::parse_url(topic));
    };
    auto const granted = std::array{resolved("https://example.com/a")};
    auto const other = std::array{resolved("https://example.com/b")};
    CHECK(allowed.may_read(granted));
    CHECK_FALSE(allowed.may_publish(granted));
    CHECK_FALSE(allowed.may_read(other));
}
