#include <fibercast/service/metrics.hpp>

#include "service/service_under_test.hpp"
#include "support/installed.hpp"
#include "support/promtool.hpp"

#include <fibercast/service/subscribing.hpp>

#include "support/catch.hpp"

#include <memory>
#include <string>
#include <variant>

using namespace fibercast;
namespace {

class metrics : public service_under_test {
public:
    metrics() {
        routes.get("/", subscribe_to(clients));
        routes.get("/metrics", metrics_page({hub_metrics(clients)}));
        start();
    }

    std::string page() { return body_of(get("/metrics")); }
};

}  // namespace

TEST_CASE("a metric has a help, a type and a value for each label") {
    metric_writer writer;
    writer.gauge("things", "Things that are there.", 1.5);
    writer.counter("things_total", "Things that ever were.", 12'345'678);
    writer.counter("ends_total", "Ends.", "reason", {{"one", 1}, {"other", 0}});
    CHECK(writer.text() ==
          "# HELP things Things that are there.\n# TYPE things gauge\nthings 1.5\n"
          "# HELP things_total Things that ever were.\n# TYPE things_total counter\n"
          "things_total 12345678\n"
          "# HELP ends_total Ends.\n# TYPE ends_total counter\n"
          "ends_total{reason=\"one\"} 1\nends_total{reason=\"other\"} 0\n");
}

TEST_CASE("a hub tells what it has done") {
    metrics server;
    CHECK_THAT(server.page(), ContainsSubstring("\nfibercast_clients 0\n"));
    {
        curl_stream const stream(server.url("/?topic=news"));
        server.clients.broadcast(event("1"));
        server.clients.publish({"news"}, event("2"));
        server.clients.publish({"news"}, event("3"));
        // three events, and the greeting
        REQUIRE(eventually([&] { return server.clients.stats().sent == 4; }));
        auto const text = server.get("/metrics");
        CHECK_THAT(text, ContainsSubstring("Content-Type: text/plain; version=0.0.4; "
                                           "charset=utf-8\r\n"));
        for (auto const* line :
             {"fibercast_clients 1", "fibercast_clients_joined_total 1",
              "fibercast_events_broadcast_total 1", "fibercast_events_published_total 2",
              "fibercast_deliveries_total 4", "fibercast_history_events 3"})
            CHECK_THAT(text, ContainsSubstring("\n" + std::string(line) + "\n"));
    }
    REQUIRE(eventually([&] { return server.clients.size() == 0; }));
    CHECK_THAT(server.page(),
               ContainsSubstring("\nfibercast_clients 0\n") &&
                   ContainsSubstring("\nfibercast_clients_ended_total{reason=\"peer\"} 1\n"));
}

TEST_CASE("a verifier tells how many signatures it has checked, and how many tokens it refused") {
    auto const keys = std::make_shared<key_ring>(trusted_keys{});
    verifier const tokens(keys, {.rules = {.audience = "us"}, .hub_url = "https://example.com/"});
    CHECK(std::holds_alternative<access_refusal>(tokens.verify("none", token_role::subscribe)));
    metric_writer writer;
    token_metrics(tokens)(writer);
    for (auto const* line :
         {"fibercast_token_signature_checks_total 0", "fibercast_tokens_remembered_total 0",
          "fibercast_tokens_refused_total 1"})
        CHECK_THAT(writer.text(), ContainsSubstring("\n" + std::string(line) + "\n"));
}

TEST_CASE("Prometheus's own checker has nothing to say against a hub's metrics") {
    if (!is_installed("promtool")) {
        WARN("SKIPPED: promtool is not installed");
        return;
    }
    metrics server;
    CHECK(promtool_on(server.page()).empty());
    CHECK_FALSE(promtool_on("# TYPE things_total gauge\nthings_total 1\n").empty());
}
