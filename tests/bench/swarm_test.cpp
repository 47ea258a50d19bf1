#include "bench/event_texts.hpp"
#include "bench/scripted_server.hpp"

#include "clients/swarm.hpp"
#include "process/failure.hpp"

#include "support/catch.hpp"

using bench::swarm;
using namespace event_texts;
using namespace std::chrono_literals;

namespace {

bench::swarm_options clients_of(scripted_server const& server, int count) {
    bench::swarm_options options;
    options.target.port = server.port();
    options.target.path = "/events?topic=a";
    options.clients = count;
    options.timeout = 10s;
    return options;
}

}  // namespace

TEST_CASE("every client counts what it got, with chunks or without") {
    scripted_server server{{head + greeting + events({1, 2, 3}),
                            chunked(greeting + events({1, 2, 3})),
                            head + ": hi\n\ndata:1 x\n\nid: 7\ndata:2\n\ndata: 3\n\n"}};
    swarm clients{clients_of(server, 3), nullptr};
    clients.connect_all();
    clients.await_message(3);
    CHECK(clients.faults().lost == 0);
    CHECK(clients.faults().out_of_order == 0);
    for (auto const& request : server.requests())
        CHECK_THAT(request, StartsWith("GET /events?topic=a HTTP/1.1\r\nHost: 127.0.0.1:"));
}

TEST_CASE("a message that one client did not get is lost") {
    scripted_server server{{head + greeting + events({1, 2, 3}), head + greeting + events({1, 3})}};
    swarm clients{clients_of(server, 2), nullptr};
    clients.connect_all();
    clients.await_message(3);
    CHECK(clients.faults().lost == 1);
    CHECK(clients.faults().out_of_order == 0);
}

TEST_CASE("a message that comes late or twice is out of order") {
    scripted_server server{{head + greeting + events({1, 3, 2, 3, 4})}};
    swarm clients{clients_of(server, 1), nullptr};
    clients.connect_all();
    clients.await_message(4);
    CHECK(clients.faults().lost == 1);
    CHECK(clients.faults().out_of_order == 2);
}

TEST_CASE("a message that is announced to be missing is lost all the same") {
    scripted_server server{{head + greeting + events({1}) + announced_gap + events({4})}};
    swarm clients{clients_of(server, 1), nullptr};
    clients.connect_all();
    clients.await_message(4);
    CHECK(clients.faults().lost == 2);
    CHECK(clients.faults().out_of_order == 0);
}

TEST_CASE("latency is counted for announced messages only") {
    scripted_server server{{head + greeting + events({1, 2}), head + greeting + events({1, 2})}};
    swarm clients{clients_of(server, 2), nullptr};
    clients.expect(1, swarm::clock::now() - 1h);  // forgotten: a new connect begins anew
    clients.connect_all();
    clients.await_message(2);
    CHECK(clients.latencies().count() == 0);
}

TEST_CASE("an answer that is no event stream is a failure in words") {
    scripted_server server{{"HTTP/1.1 503 Service Unavailable\r\n\r\n"}};
    swarm clients{clients_of(server, 1), nullptr};
    CHECK_THROWS_WITH(clients.connect_all(), ContainsSubstring("503 Service Unavailable"));
}

TEST_CASE("what never comes ends a wait, and is named") {
    scripted_server server{{head + greeting + events({1})}};
    auto options = clients_of(server, 1);
    options.timeout = 50ms;
    swarm clients{options, nullptr};
    clients.connect_all();
    CHECK_THROWS_WITH(clients.await_message(2), ContainsSubstring("1 of 1 clients lack message 2"));
}

TEST_CASE("nobody listening is a failure, not a wait") {
    bench::swarm_options options;
    options.target.port = bench::find_free_port();
    options.clients = 1;
    options.timeout = 10s;
    swarm clients{options, nullptr};
    CHECK_THROWS_WITH(clients.connect_all(), ContainsSubstring("refused"));
}

TEST_CASE("clients come back with other header fields, and expect what follows, or anything") {
    scripted_server server{{chunked("id: a-1\ndata: 1\n\nid: a-2\ndata: 2\n\n"),
                            head + events({3, 4}), head + events({7, 8})}};
    swarm clients{clients_of(server, 1), nullptr};
    clients.connect_all();
    clients.await_message(2);
    CHECK(clients.last_id() == "a-2");
    clients.disconnect_all();
    CHECK_FALSE(clients.all_greeted());
    CHECK(clients.last_id().empty());
    clients.come_back("Last-Event-ID: a-2\r\n", 3);
    clients.await_message(4);
    CHECK(clients.all_greeted());
    clients.disconnect_all();
    clients.come_back("", 0);
    CHECK(clients.lacking(1) == 1);
    clients.await_message(8);
    CHECK(clients.faults().lost == 0);
    auto const& requests = server.requests();
    CHECK_THAT(requests.at(0), !ContainsSubstring("Last-Event-ID"));
    CHECK_THAT(requests.at(1), ContainsSubstring("\r\nLast-Event-ID: a-2\r\n"));
    CHECK_THAT(requests.at(2), !ContainsSubstring("Last-Event-ID"));
}

TEST_CASE("each client has a path and header fields of its own") {
    scripted_server server{{head + greeting, head + greeting, head + greeting}};
    auto options = clients_of(server, 3);
    options.target.path = "/{n}?topic={n}";
    options.queries = 2;
    options.fields = [](int client) { return "Client: " + std::to_string(client) + "\r\n"; };
    swarm clients{options, nullptr};
    clients.connect_all(1);
    auto const& requests = server.requests();
    for (int i = 0; i < 3; ++i) {
        auto const start = i == 1 ? "GET /1?topic=1 " : "GET /0?topic=0 ";
        CHECK_THAT(
            requests.at(std::size_t(i)),
            StartsWith(start) && ContainsSubstring("\r\nClient: " + std::to_string(i) + "\r\n"));
    }
}

TEST_CASE("a server that does not greet has let its clients in when it answers") {
    scripted_server server{{head}};
    auto options = clients_of(server, 1);
    options.greets = false;
    swarm clients{options, nullptr};
    clients.connect_all();
    CHECK(clients.all_greeted());
}
