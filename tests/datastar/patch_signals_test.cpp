#include <fibercast/datastar/patch_signals.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <stdexcept>
#include <string>

using namespace fibercast::datastar;
using namespace std::chrono_literals;

namespace {

std::string patch(std::string const& json, patch_signals_options const& how = {}) {
    return patch_signals(json, how).encode();
}

}  // namespace

TEST_CASE("signals alone: no option with its default is sent") {
    CHECK(patch(R"({"name":"Ann","age":null})") ==
          "event: datastar-patch-signals\n"
          "data: signals {\"name\":\"Ann\",\"age\":null}\n\n");
    CHECK(patch("{}", {.only_if_missing = false, .event_id = "", .retry_duration = 1000ms}) ==
          "event: datastar-patch-signals\ndata: signals {}\n\n");
}

TEST_CASE("all options of a patch of signals, in their order") {
    CHECK(patch("{}", {.only_if_missing = true}) ==
          "event: datastar-patch-signals\ndata: onlyIfMissing true\ndata: signals {}\n\n");
    CHECK(patch("{}", {.only_if_missing = true, .event_id = "8", .retry_duration = 50ms}) ==
          "event: datastar-patch-signals\n"
          "id: 8\n"
          "retry: 50\n"
          "data: onlyIfMissing true\n"
          "data: signals {}\n\n");
}

TEST_CASE("JSON of several lines is sent as that, however they end") {
    for (std::string const end : {"\n", "\r\n", "\r"}) {
        CHECK(patch("{" + end + "  \"name\": \"Ann\"" + end + "}") ==
              "event: datastar-patch-signals\n"
              "data: signals {\n"
              "data: signals   \"name\": \"Ann\"\n"
              "data: signals }\n\n");
    }
}

TEST_CASE("no text is no patch of signals, and an id is one line") {
    CHECK_THROWS_AS(patch(""), std::invalid_argument);
    CHECK_THROWS_AS(patch("{}", {.event_id = "1\ndata: signals {}"}), std::invalid_argument);
    CHECK_THROWS_AS(patch("{}", {.retry_duration = -1ms}), std::invalid_argument);
}
