#include <fibercast/fibercast.hpp>
#include <fibercast/testing.hpp>

#include "support/catch.hpp"

#include <list>
#include <string>

using namespace fibercast;

namespace {

handler public_stream(hub& clients) {
    return subscribe_to(
        clients, {.max_clients_per_address = 6, .trusted_proxies = {address_range("127.0.0.1")}});
}

}  // namespace

TEST_CASE("cookbook: behind nginx") {
    hub clients;
    testing::test_client client(public_stream(clients));
    auto const from = [](std::string const& whom) {
        return testing::test_request{.fields = {{"X-Forwarded-For", whom}}, .from = "127.0.0.1"};
    };
    std::list<testing::test_stream> open;
    for (int i = 0; i < 6; ++i) open.push_back(client.open(from("192.0.2.7")));
    CHECK(client.ask(from("192.0.2.7")).status == status::service_unavailable);
    CHECK(client.open(from("192.0.2.8")).status() == status::ok);
}
