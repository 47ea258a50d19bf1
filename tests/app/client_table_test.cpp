#include "app/repl/client_table.hpp"

#include "support/catch.hpp"

#include <vector>

using namespace fibercast;
using namespace fibercast::app;
using namespace std::chrono_literals;
namespace {

client_info client(client_id id, std::string peer) {
    client_info made;
    made.id = id;
    made.peer = std::move(peer);
    made.connected = 75s;
    return made;
}

}  // namespace

TEST_CASE("the table is aligned") {
    std::vector<client_info> clients{client(7, "127.0.0.1:5"), client(123'456, "[::1]:40000")};
    clients[1].sent = 10;
    clients[1].queued = 2;
    clients[1].unsent = 3'000;
    CHECK(client_table(clients, 2) ==
          "    id  address      connected  sent  queued  unsent\n"
          "     7  127.0.0.1:5      1m15s     0       0       0\n"
          "123456  [::1]:40000      1m15s    10       2    3000\n");
}

TEST_CASE("how long a client takes to acknowledge is shown where that was measured") {
    std::vector<client_info> clients{client(1, "-"), client(2, "-")};
    clients[1].round_trip_time = 1'234'567us;
    CHECK(client_table(clients, 2) ==
          "id  address  connected  sent  queued  unsent    rtt_ms\n"
          " 1  -            1m15s     0       0       0         -\n"
          " 2  -            1m15s     0       0       0  1234.567\n");
}

TEST_CASE("who is behind, and who has topics, is only shown where there is such a client") {
    std::vector<client_info> clients{client(1, "-"), client(2, "-"), client(3, "-")};
    clients[1].topics = {"news", "orders/*"};
    CHECK(client_table(clients, 3) ==
          "id  address  connected  sent  queued  unsent  topics\n"
          " 1  -            1m15s     0       0       0  -\n"
          " 2  -            1m15s     0       0       0  news orders/*\n"
          " 3  -            1m15s     0       0       0  -\n");
    clients[2].behind = true;
    clients[1].topics.assign(100, "a-topic-of-some-length\x1b");
    CHECK(client_table(clients, 3) ==
          "id  address  connected  sent  queued  unsent  behind  topics\n"
          " 1  -            1m15s     0       0       0  -       -\n"
          " 2  -            1m15s     0       0       0  -       a-topic-of-some-length\\x1b "
          "a-topic-of-some-length\\x1b and 98 more\n"
          " 3  -            1m15s     0       0       0  yes     -\n");
    CHECK_THAT(client_table(clients, 1), !ContainsSubstring("topics"));
}

TEST_CASE("the table says how many more there are") {
    std::vector<client_info> clients;
    for (client_id id = 1; id <= 2'000; ++id) clients.push_back(client(id, "-"));
    auto const table = client_table(clients, 2);
    CHECK_THAT(table, ContainsSubstring("\n 2  -") && EndsWith("and 1998 more\n") &&
                          !ContainsSubstring("\n 3  -"));
    CHECK_THAT(client_table(clients, 2'000), !ContainsSubstring("more"));
    CHECK_THAT(client_table(clients, 9'999), !ContainsSubstring("more"));
}

TEST_CASE("an address cannot control the terminal") {
    std::vector<client_info> const clients{client(1, "\x1b[2J")};
    CHECK_THAT(client_table(clients, 1), ContainsSubstring("\\x1b[2J"));
}

TEST_CASE("slow clients are those that are behind, the worst first") {
    std::vector<client_info> clients;
    for (client_id id = 1; id <= 5; ++id) clients.push_back(client(id, "-"));
    clients[1].unsent = 10;
    clients[2].queued = 1;
    clients[3].stalled = true;
    auto const slow = slow_ones(clients);
    REQUIRE(slow.size() == 3);
    CHECK(slow[0].id == 4);
    CHECK(slow[1].id == 3);
    CHECK(slow[2].id == 2);
}
