#include "bench/scripted_server.hpp"

#include "clients/metrics_page.hpp"
#include "process/failure.hpp"

#include "support/catch.hpp"

using bench::metric_in;

TEST_CASE("a metric is found by its whole name, without labels") {
    std::string const page =
        "# TYPE checks_total counter\nchecks_total_old 3\nchecks_total{a=\"b\"} 4\n"
        "checks_total 1234.5\nempty\n";
    CHECK(metric_in(page, "checks_total") == 1234.5);
    CHECK(metric_in(page, "checks") == std::nullopt);
    CHECK(metric_in(page, "empty") == std::nullopt);
}

TEST_CASE("another answer than 200, and none, are failures in words") {
    bench::endpoint page;
    page.path = "/metrics";
    page.port = bench::find_free_port();
    CHECK_THROWS_AS(bench::read_metrics_page(page), bench::failure);
    scripted_server server{{"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"}};
    page.port = server.port();
    CHECK_THROWS_WITH(bench::read_metrics_page(page), ContainsSubstring("404"));
}
