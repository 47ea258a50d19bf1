#pragma once

#include "service/service_under_test.hpp"
#include "tokens/token_maker.hpp"

#include <fibercast/mercure/mercure_hub.hpp>

#include <fmt/format.h>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What one token allows; `topics` are matchers, between commas.
inline std::string detail(std::string const& actions, std::string const& topics,
                          std::string const& more = "") {
    return R"({"type":"https://mercure.rocks/authorization-detail","actions":[)" + actions +
           R"(],"topics":[)" + topics + "]" + more + '}';
}

inline std::string exact(std::string const& match) { return R"({"match":")" + match + R"("})"; }

inline std::string pattern(std::string const& match) {
    return R"({"match":")" + match + R"(","match_type":"urlpattern"})";
}

/// A subscriber's connection, whose head has come: it has joined.
struct mercure_stream {
    std::string until(std::string const& data) {
        return connection.read_until("data: " + data + "\n\n");
    }

    tcp_client connection;
    std::string head;
};

/// A server whose hub speaks the protocol, for one test.
class mercure_under_test : public service_under_test {
public:
    explicit mercure_under_test(fibercast::hub_options settings = with_history())
        : service_under_test(settings) {
        hub_settings.access.tokens = verifier();
    }

    /// After `hub_settings` are as the test wants them.
    void start() {
        fibercast::mercure::add_routes(routes, clients, hub_settings);
        service_under_test::start();
    }

    /// One that counts now, and so long.
    std::string token(std::string const& details,
                      std::chrono::seconds good = std::chrono::seconds(300)) const {
        auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        auto const claims = with_member(claims_with_details('[' + details + ']'), "exp",
                                        std::to_string((now + good).time_since_epoch().count()));
        return signed_token(issuers.es256, test_header("ES256"), claims);
    }

    /// For whoever publishes anything.
    std::string publisher() const { return token(detail(R"("publish")", exact("*"))); }

    /// The whole answer. `fields` are lines.
    std::string ask(std::string const& method, std::string const& target,
                    std::string const& fields = "", std::string const& body = "") const {
        auto asking = connect();
        asking.send(
            fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{}"
                        "Content-Length: {}\r\n\r\n{}",
                        method, target, fields, body.size(), body));
        return asking.read_all();
    }

    static std::string bearer(std::string const& token) {
        return token.empty() ? "" : "Authorization: Bearer " + token + "\r\n";
    }

    std::string post(std::string const& form, std::string const& token,
                     std::string const& fields = "") const {
        return ask("POST", path,
                   bearer(token) + fields + "Content-Type: application/x-www-form-urlencoded\r\n",
                   form);
    }

    /// Publishes what must be allowed; returns the id.
    std::string publish(std::string const& form) const {
        auto const answer = post(form, publisher());
        INFO(answer);
        CHECK(answer.starts_with("HTTP/1.1 200 "));
        return body_of(answer);
    }

    mercure_stream subscribe(std::string const& query, std::string const& token = "",
                             std::string const& fields = "") const {
        auto asking = connect();
        asking.send(fmt::format("GET {}?{} HTTP/1.1\r\nHost: localhost\r\n{}{}\r\n", path, query,
                                bearer(token), fields));
        auto head = asking.read_until("\r\n\r\n");
        return {std::move(asking), std::move(head)};
    }

    static constexpr auto path = "/.well-known/mercure";

    test_issuers issuers;
    fibercast::mercure::hub_settings hub_settings;

private:
    std::shared_ptr<fibercast::verifier const> verifier() const {
        return std::make_shared<fibercast::verifier const>(
            std::make_shared<fibercast::key_ring>(issuers.keys()), test_options());
    }
};

inline bool has(std::string const& text, std::string_view what) {
    return text.find(what) != text.npos;
}

/// The value of a field of a head; empty without one.
inline std::string field_of(std::string const& head, std::string const& name) {
    auto const found = head.find("\r\n" + name + ": ");
    if (found == head.npos) return {};
    auto const start = found + name.size() + 4;
    return head.substr(start, head.find("\r\n", start) - start);
}
