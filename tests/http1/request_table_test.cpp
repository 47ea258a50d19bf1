#include "http1/request_table.hpp"
#include "http1/conversation.hpp"
#include "http1/example_routes.hpp"

#include "support/catch.hpp"
#include "support/with_workers.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// Behind each request. An answer to it after a malformed one would mean that the two sides of the
/// connection disagree about where a request ends, which is what request smuggling is made of.
constexpr std::string_view probe = "GET /repeated HTTP/1.1\r\nHost: example\r\n\r\n";

/// Whole, byte by byte, and cut in two at every place.
void for_each_cut(std::string const& input,
                  std::function<void(std::vector<std::string> const&)> const& test) {
    test({input});
    test(byte_by_byte(input));
    for (std::size_t at = 1; at < input.size(); ++at) test({input.substr(0, at), input.substr(at)});
}

/// What is answered when silence follows: an answer must not need the end of the input.
std::string answered(std::vector<std::string> const& pieces, fibercast::handler const& routes) {
    memory_stream peer(pieces, memory_stream::then::silence);
    serve(peer, routes);
    CHECK_FALSE(peer.stuck());
    return peer.output();
}

/// The same, when each piece comes only when it is waited for; with how often it was.
struct answer_and_waits {
    std::string answer;
    std::size_t waits;
};
answer_and_waits answered_late(std::vector<std::string> const& pieces,
                               fibercast::handler const& routes) {
    memory_stream peer(pieces, memory_stream::then::silence);
    peer.comes_late();
    serve(peer, routes);
    CHECK_FALSE(peer.stuck());
    return {peer.output(), peer.waits()};
}

}  // namespace

TEST_CASE(
    "a malformed request is refused at once, the connection closed, and nothing behind it served") {
    fibercast::handler const routes = example::routes();
    for (auto const& [part, requests] : rejected_tables()) {
        for (auto const& each : requests) {
            INFO(part << ": " << each.what);
            auto const number = std::to_string(static_cast<unsigned>(each.answer));
            for_each_cut(each.request + std::string(probe), [&](auto const& pieces) {
                auto const answer = answered(pieces, routes);
                CHECK(status_line(answer).starts_with("HTTP/1.1 " + number + " "));
                CHECK(count_of("HTTP/1.1 ", answer) == 1);
                CHECK(count_of("Connection: close\r\n", answer) == 1);
            });
        }
    }
}

TEST_CASE("a well-formed request is served, and so is the one behind it") {
    fibercast::handler const routes = example::routes();
    for (auto const& each : accepted_requests()) {
        INFO(each.what);
        for_each_cut(each.request + std::string(probe), [&](auto const& pieces) {
            auto const answer = answered(pieces, routes);
            CHECK(count_of("HTTP/1.1 200 OK\r\n", answer) == 2);
            CHECK(count_of("HTTP/1.1 ", answer) == 2);
            CHECK(answer.ends_with("\r\n\r\nxxxxx"));
        });
    }
}

TEST_CASE_METHOD(with_workers, "requests that come late are answered as those that are there") {
    on_worker(0, [] {
        fibercast::handler const routes = example::routes();
        std::string const behind(probe);
        for (auto const& [part, requests] : rejected_tables()) {
            for (auto const& each : requests) {
                INFO(part << ": " << each.what);
                for (auto const& pieces :
                     {std::vector{each.request + behind}, byte_by_byte(each.request)})
                    CHECK(answered_late(pieces, routes).answer == answered(pieces, routes));
            }
        }
        for (auto const& each : accepted_requests()) {
            INFO(each.what);
            for (auto const& pieces :
                 {std::vector{each.request, behind}, byte_by_byte(each.request + behind)}) {
                auto const late = answered_late(pieces, routes);
                CHECK(late.answer == answered(pieces, routes));
                CHECK(late.waits >= 3);  // for both, and for a third
            }
        }
    });
}

TEST_CASE_METHOD(with_workers,
                 "an empty line that comes late, in whatever pieces, begins no request") {
    on_worker(0, [] {
        fibercast::handler const routes = example::routes();
        std::string const behind(probe);
        for (std::vector<std::string> const& pieces :
             {std::vector<std::string>{behind, "\r\n", behind},
              {behind, "\r", "\n" + behind},
              {"\r", "\n", behind, "\r\n" + behind}}) {
            auto const answer = answered_late(pieces, routes).answer;
            CHECK(count_of("HTTP/1.1 200 OK\r\n", answer) == 2);
            CHECK(count_of("HTTP/1.1 ", answer) == 2);
        }
    });
}
