#include "support/child_process.hpp"
#include "support/network_namespaces.hpp"
#include "support/server_process.hpp"

#include "support/catch.hpp"

#include <chrono>

using namespace end_to_end;
using namespace std::chrono_literals;

TEST_CASE("a peer that vanishes without a word is noticed by its silence", "[netns]") {
    network_namespaces network;
    if (!network.missing().empty()) {
        WARN("SKIPPED: no network namespaces: " << network.missing());
        return;
    }
    server_process server({"--host", network_namespaces::server_address, "--heartbeat", "200ms",
                           "--peer-timeout", "1s"},
                          input_kind::pipe, network.on_server());
    auto words = network.on_client();
    words.insert(words.end(), {"curl", "-sSN", server.url()});
    child_process client(words, input_kind::nothing);
    client.output().until("connected\n\n");
    client.output().until(":\n");
    CHECK(server.execute("count") == "1\n");

    network.cut();
    server.await_stat("clients", 0, 15s);
    server.await_stat("connections", 0);
    CHECK_FALSE(client.ended_within(0ms));  // it has not been told either
}
