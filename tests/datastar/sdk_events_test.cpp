#include "datastar/sdk_events.hpp"

#include "service/service_under_test.hpp"

#include <fibercast/datastar/sse.hpp>

#include "support/catch.hpp"

#include <string>

namespace {

fibercast::response answer(fibercast::request const& asked) {
    return fibercast::datastar::event_stream(sdk_events(fibercast::datastar::read_signals(asked)));
}

/// Three events with all that can be said of them.
constexpr auto everything = R"json({"events": [
    {"type": "patchElements", "elements": "<g/>", "selector": "#a", "mode": "after",
     "useViewTransition": true, "viewTransitionSelector": "#b", "namespace": "svg",
     "eventId": "1", "retryDuration": 10},
    {"type": "patchSignals", "signals": {"b": [1, "x"], "a": null}, "onlyIfMissing": true,
     "eventId": "2", "retryDuration": 20},
    {"type": "executeScript", "script": "go()", "autoRemove": false,
     "attributes": {"type": "module", "async": "true"}, "eventId": "3", "retryDuration": 30}]})json";

constexpr auto answered =
    "event: datastar-patch-elements\nid: 1\nretry: 10\ndata: selector #a\ndata: mode after\n"
    "data: useViewTransition true\ndata: viewTransitionSelector #b\ndata: namespace svg\n"
    "data: elements <g/>\n\n"
    "event: datastar-patch-signals\nid: 2\nretry: 20\ndata: onlyIfMissing true\n"
    "data: signals {\"b\":[1,\"x\"],\"a\":null}\n\n"
    "event: datastar-patch-elements\nid: 3\nretry: 30\ndata: selector body\ndata: mode append\n"
    "data: elements <script type=\"module\" async=\"true\">go()</script>\n\n";

}  // namespace

TEST_CASE("the server for the SDK's suite answers what it is asked for, by GET and by POST") {
    service_under_test under_test;
    under_test.routes.get("/test", answer);
    under_test.routes.post("/test", answer);
    under_test.start();
    auto const asked = std::string("datastar=") + everything;
    CHECK(body_of(under_test.get("/test", {"-G", "--data-urlencode", asked})) == answered);
    CHECK(body_of(under_test.get(
              "/test", {"-H", "Content-Type: application/json", "-d", everything})) == answered);
}

TEST_CASE("what the suite's server does not understand is a bad request") {
    service_under_test under_test;
    under_test.routes.post("/test", answer);
    under_test.start();
    for (std::string const wrong :
         {"{}", R"({"events": 1})", R"({"events": [{}]})", R"({"events": [{"type": "x"}]})",
          R"({"events": [{"type": "patchElements", "mode": "sideways"}]})"}) {
        CAPTURE(wrong);
        CHECK_THAT(under_test.get("/test", {"-H", "Content-Type: application/json", "-d", wrong}),
                   StartsWith("HTTP/1.1 400 "));
    }
}
