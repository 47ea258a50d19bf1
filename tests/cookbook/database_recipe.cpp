#include <fibercast/fibercast.hpp>
#include <fibercast/testing.hpp>

#include "support/catch.hpp"

#include <string>

using namespace fibercast;

namespace {

struct order_database {
    std::string orders_of(std::string const& customer) {
        return customer + " has ordered a book\n";
    }
};

handler list_orders(order_database& database) {
    return [&](request const& asked) {
        auto const customer = std::string(asked.param("customer"));
        auto const rows = blocking([&] { return database.orders_of(customer); });
        return response::text(status::ok, rows);
    };
}

}  // namespace

TEST_CASE("cookbook: a database call") {
    order_database database;
    router routes;
    routes.get("/customers/{customer}/orders", list_orders(database));
    testing::test_client client(routes);
    CHECK(client.get("/customers/ann/orders").body == "ann has ordered a book\n");
}
