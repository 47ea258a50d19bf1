#include <fibercast/service/health.hpp>

#include "support/catch.hpp"

using namespace fibercast;

TEST_CASE("a server is ready until it says that it is not, and alive as long as it answers") {
    bool is_ready = true;
    auto const ready = readiness([&] { return is_ready; });
    request const asked("GET", "/readyz");
    CHECK(ready(asked).status() == status::ok);
    is_ready = false;
    CHECK(ready(asked).status() == status::service_unavailable);
    CHECK(ready(asked).fields().find("Cache-Control") == "no-store");
    CHECK(liveness()(asked).status() == status::ok);
}
