#include "app/most_clients.hpp"

#include "support/catch.hpp"

using fibercast::app::most_clients;

TEST_CASE("without a choice there are fewer clients than connections, by an eighth or 256") {
    CHECK(most_clients({}, 800) == 700);
    CHECK(most_clients({}, 20'000) == 19'744);
    CHECK(most_clients({}, 1) == 1);
    CHECK(most_clients(0, 800) == 0);
    CHECK(most_clients(5'000, 800) == 5'000);
}
