#include <fibercast/datastar/sse.hpp>
#include <fibercast/testing/memory_output.hpp>

#include "service/service_under_test.hpp"
#include "support/curl.hpp"
#include "support/with_workers.hpp"

#include "support/catch.hpp"

#include <memory>
#include <string>
#include <utility>

namespace datastar = fibercast::datastar;
using namespace std::chrono_literals;

namespace {

constexpr auto both =
    "event: datastar-patch-elements\ndata: elements <p id=\"one\"></p>\n\n"
    "event: datastar-patch-signals\ndata: signals {}\n\n";

constexpr auto fields =
    "Content-Type: text/event-stream\r\n"
    "Cache-Control: no-cache, no-store, no-transform\r\n";

}  // namespace

TEST_CASE_METHOD(with_workers, "what is sent is written at once, in its order") {
    on_worker(0, [] {
        fibercast::testing::memory_output out;
        datastar::sse page(out);
        CHECK(page.patch_elements("<p id=\"one\"></p>"));
        CHECK(page.patch_signals("{}"));
        CHECK(out.text() == both);
        CHECK(page.execute_script("go()", {.event_id = "1"}));
        CHECK(page.send(fibercast::event("of no kind of Datastar's").type("other")));
        CHECK_THAT(out.text(), EndsWith("go()</script>\n\nevent: other\ndata: of no kind of "
                                        "Datastar's\n\n"));
        CHECK(&page.to() == &out);
    });
}

TEST_CASE_METHOD(with_workers, "a page that has gone takes nothing, and is not waited for") {
    on_worker(0, [] {
        fibercast::testing::memory_output out;
        datastar::sse page(out);
        out.leave();
        CHECK_FALSE(page.patch_signals("{}"));
        CHECK_FALSE(page.sleep_for(1h));
        CHECK_FALSE(out.unfinished());
        CHECK(out.text().empty());
    });
}

TEST_CASE("a handler answers with events, and that is the whole of the answer") {
    service_under_test under_test;
    under_test.routes.get("/page", [](fibercast::request const&) {
        return datastar::event_stream(
            {datastar::patch_elements("<p id=\"one\"></p>"), datastar::patch_signals("{}")});
    });
    under_test.start();
    auto const answer = under_test.get("/page");
    CHECK_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
    CHECK_THAT(answer, ContainsSubstring(fields));
    CHECK_THAT(answer, ContainsSubstring("Content-Length: 112\r\n"));
    CHECK(body_of(answer) == both);
}

TEST_CASE("a handler's events go out one by one, and the head before them") {
    service_under_test under_test;
    auto const steps = std::make_shared<fibercast::channel<int>>(2);
    under_test.routes.get("/page", [steps](fibercast::request const&) {
        // A unique_ptr: what writes need not be copyable.
        return datastar::event_stream([steps, html = std::make_unique<std::string>(
                                                  "<p id=\"one\"></p>")](datastar::sse& page) {
            int step = 0;
            steps->pop(step);
            page.patch_elements(*html);
            steps->pop(step);
            page.patch_signals("{}");
        });
    });
    under_test.start();
    auto reading = under_test.ask("/page");
    CHECK_THAT(reading.read_until("\r\n\r\n"), ContainsSubstring(fields));
    steps->push(1);
    CHECK_THAT(reading.read_until("\n\n\r\n"),
               ContainsSubstring("\nevent: datastar-patch-elements\n"));
    steps->push(2);
    CHECK_THAT(reading.read_until("\r\n0\r\n\r\n"),
               ContainsSubstring("event: datastar-patch-signals\n"));
}

TEST_CASE("a stream that sleeps when the server stops is not at its end: the page comes back") {
    service_under_test under_test;
    under_test.routes.get("/clock", [](fibercast::request const&) {
        return datastar::event_stream([](datastar::sse& page) {
            while (page.patch_signals("{}") && page.sleep_for(1h)) {
            }
        });
    });
    under_test.start();
    curl reading(under_test.url("/clock"));
    reading.output().until("\n\n");
    CHECK(under_test.server().stop());
    CHECK(reading.wait() == curl_unfinished);
}

TEST_CASE("a stream whose page has gone ends while it sleeps") {
    service_under_test under_test;
    auto const ends = std::make_shared<fibercast::channel<bool>>(1);
    under_test.routes.get("/clock", [ends](fibercast::request const&) {
        return datastar::event_stream([ends](datastar::sse& page) {
            page.patch_signals("{}");
            ends->push(page.sleep_for(1h));
        });
    });
    under_test.start();
    {
        curl reading(under_test.url("/clock"));
        reading.output().until("\n\n");
    }
    bool slept = true;
    CHECK(ends->pop(slept));
    CHECK_FALSE(slept);
}
