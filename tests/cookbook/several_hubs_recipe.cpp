#include <fibercast/fibercast.hpp>
#include <fibercast/testing.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <string>

using namespace fibercast;
using namespace std::chrono_literals;

namespace {

struct exchange {
    hub prices{{.channel_capacity = 4, .overflow = overflow::drop_oldest, .history = 0}};
    hub orders{{.history = 100'000, .history_age = 24h}};

    router routes() {
        router all;
        all.get("/prices", subscribe_to(prices));
        all.get("/orders", subscribe_to(orders));
        return all;
    }
};

}  // namespace

TEST_CASE("cookbook: several hubs") {
    exchange it;
    testing::test_client client(it.routes());
    auto prices = client.open("/prices");
    auto orders = client.open("/orders");
    prices.next();
    orders.next();
    it.prices.broadcast(event("100"));
    it.orders.broadcast(event("bought"));
    CHECK(prices.next().data == "100");
    auto const order = orders.next();
    CHECK(order.data == "bought");
    CHECK_FALSE(order.last_event_id.empty());
}
