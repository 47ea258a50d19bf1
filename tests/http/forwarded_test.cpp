#include <fibercast/http/forwarded.hpp>

#include "http/some_address.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <string>
#include <vector>

using fibercast::address_range;

namespace {

class peer_at final : public fibercast::peer {
public:
    explicit peer_at(std::string const& ip) : address_(some_address(ip)) {}

    fibercast::socket_address address() const noexcept override { return address_; }
    std::chrono::microseconds round_trip_time() const noexcept override { return {}; }
    std::size_t unsent() const noexcept override { return 0; }
    bool stalled() const noexcept override { return false; }
    bool draining() const noexcept override { return false; }
    void abort() noexcept override {}
    void close_when_ended(fibercast::closable*) noexcept override {}

private:
    fibercast::socket_address const address_;
};

/// Who has asked, when `from` sends these lines of X-Forwarded-For, and 10.0.0.0/8 and ::1 are
/// trusted.
std::string client(std::string const& from, std::vector<std::string> const& lines) {
    std::vector<address_range> const trusted{address_range("10.0.0.0/8"), address_range("::1")};
    peer_at const peer(from);
    fibercast::fields fields;
    for (auto const& each : lines) fields.add("x-forwarded-for", each);
    return fibercast::client_address({"GET", "/", std::move(fields), {}, &peer}, trusted).ip();
}

}  // namespace

TEST_CASE("a stranger's X-Forwarded-For is not believed") {
    CHECK(client("192.0.2.1", {"198.51.100.1"}) == "192.0.2.1");
}

TEST_CASE("behind a trusted proxy the last hop that is none is the client") {
    CHECK(client("10.0.0.1", {"198.51.100.1"}) == "198.51.100.1");
    CHECK(client("10.0.0.1", {"203.0.113.9, 198.51.100.1"}) == "198.51.100.1");
    CHECK(client("10.0.0.1", {"203.0.113.9 ,198.51.100.1,\t10.0.0.2 , ::1"}) == "198.51.100.1");
    CHECK(client("::1", {"203.0.113.9", "198.51.100.1", "10.1.1.1"}) == "198.51.100.1");
}

TEST_CASE("a client may be known by IPv6, and with its port") {
    CHECK(client("10.0.0.1", {"2001:db8::7"}) == "2001:db8::7");
    CHECK(client("10.0.0.1", {"[2001:db8::7]:4711"}) == "2001:db8::7");
    CHECK(client("10.0.0.1", {"198.51.100.1:4711"}) == "198.51.100.1");
}

TEST_CASE(
    "where nothing is said, or nothing that is an address, the last that is known has asked") {
    CHECK(client("10.0.0.1", {}) == "10.0.0.1");
    CHECK(client("10.0.0.1", {"10.0.0.3"}) == "10.0.0.3");
    for (auto const* text :
         {"", ",", "unknown", "[", "[]", ":", "_hidden", "203.0.113.9, unknown"}) {
        INFO(text);
        CHECK(client("10.0.0.1", {std::string(text)}) == "10.0.0.1");
        CHECK(client("10.0.0.1", {std::string(text) + ", 10.0.0.3"}) == "10.0.0.3");
    }
}
