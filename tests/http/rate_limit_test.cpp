#include <fibercast/http/rate_limit.hpp>

#include "http/some_peer.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

using namespace fibercast;
using namespace std::chrono_literals;

namespace {

/// A limit of two at once and one a second, with the time in the test's hand.
class limited {
public:
    explicit limited(rate_limit_options settings = {}) {
        settings.requests = 1;
        settings.period = 1s;
        settings.burst = 2;
        settings.now = [this] { return now; };
        answering = with_rate_limit(std::move(settings),
                                    [](request const&) { return response::plain(status::ok); });
    }

    response ask(std::string const& ip, std::string const& forwarded = "") const {
        some_peer const from(ip);
        fields sent;
        if (!forwarded.empty()) sent.add("X-Forwarded-For", forwarded);
        return answering(request("GET", "/", sent, "", &from));
    }

    bool answers(std::string const& ip, std::string const& forwarded = "") const {
        return ask(ip, forwarded).status() == status::ok;
    }

    std::chrono::steady_clock::time_point now{24h};
    handler answering;
};

void refused(rate_limit_options settings) {
    CHECK_THROWS_AS(
        with_rate_limit(std::move(settings), [](request const&) { return response(status::ok); }),
        std::invalid_argument);
}

}  // namespace

TEST_CASE("who asks too often is told when to ask again, and is answered then") {
    limited limit;
    CHECK(limit.answers("192.0.2.1"));
    CHECK(limit.answers("192.0.2.1"));
    auto const answer = limit.ask("192.0.2.1");
    CHECK(answer.status() == status::too_many_requests);
    CHECK(answer.fields().find("Retry-After") == "1");
    CHECK(limit.answers("192.0.2.2"));
    limit.now += 999ms;
    CHECK_FALSE(limit.answers("192.0.2.1"));
    limit.now += 1ms;
    CHECK(limit.answers("192.0.2.1"));
    CHECK_FALSE(limit.answers("192.0.2.1"));
}

TEST_CASE("a /64 of IPv6 asks as one, and IPv4 in IPv6 is IPv4") {
    limited limit;
    CHECK(limit.answers("2001:db8:0:1::1"));
    CHECK(limit.answers("2001:db8:0:1:ffff::2"));
    CHECK_FALSE(limit.answers("2001:db8:0:1::3"));
    CHECK(limit.answers("2001:db8:0:2::1"));
    CHECK(limit.answers("192.0.2.1"));
    CHECK(limit.answers("::ffff:192.0.2.1"));
    CHECK_FALSE(limit.answers("192.0.2.1"));
}

TEST_CASE("behind a trusted proxy each client asks for itself, and nobody else is believed") {
    limited limit({.trusted_proxies = {address_range("127.0.0.1")}});
    for (int i = 0; i < 2; ++i) CHECK(limit.answers("127.0.0.1", "192.0.2.1"));
    CHECK_FALSE(limit.answers("127.0.0.1", "192.0.2.1"));
    CHECK(limit.answers("127.0.0.1", "192.0.2.2"));
    for (int i = 0; i < 2; ++i) CHECK(limit.answers("192.0.2.9", "192.0.2." + std::to_string(i)));
    CHECK_FALSE(limit.answers("192.0.2.9", "192.0.2.3"));
}

TEST_CASE("who has no address is always answered") {
    limited const limit;
    for (int i = 0; i < 10; ++i) CHECK(limit.answering(request("GET", "/")).status() == status::ok);
}

TEST_CASE("copies of a limited handler have one limit") {
    limited const limit;
    some_peer const from("192.0.2.1");
    request const asked("GET", "/", {}, "", &from);
    for (int i = 0; i < 2; ++i) CHECK(handler(limit.answering)(asked).status() == status::ok);
    CHECK(handler(limit.answering)(asked).status() == status::too_many_requests);
}

TEST_CASE("while a handler runs others are counted, also within it") {
    some_peer const from("192.0.2.1");
    request const asked("GET", "/", {}, "", &from);
    int depth = 0;
    handler limited;
    limited = with_rate_limit({.requests = 1, .burst = 2}, [&](request const& it) {
        return ++depth < 5 ? limited(it) : response(status::ok);
    });
    CHECK(limited(asked).status() == status::too_many_requests);
    CHECK(depth == 2);
}

TEST_CASE("a limit that is none is refused") {
    refused({.requests = 0});
    refused({.burst = 0});
    refused({.addresses = 0});
    refused({.period = 0ms});
    refused({.period = -1ms});
    refused({.period = std::chrono::milliseconds::max()});
    refused({.requests = 2'000'000'000});
    refused({.burst = std::numeric_limits<std::size_t>::max()});
    refused({.now = nullptr});
}
