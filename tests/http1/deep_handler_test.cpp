#include "http1/conversation.hpp"
#include "support/with_workers.hpp"

#include <fibercast/http/router.hpp>

#include <cstddef>
#include <regex>
#include <string>

using fibercast::request;
using fibercast::response;
using fibercast::status;

namespace {

fibercast::router with(fibercast::handler answer) {
    return fibercast::router().get("/", answer).post("/", answer);
}

}  // namespace

// Large frames are what is tested here.
#pragma GCC diagnostic ignored "-Wframe-larger-than="

TEST_CASE_METHOD(with_workers, "a handler may match a regular expression against 500 characters") {
    on_worker(0, [] {
        auto const routes = with([](request const& asked) {
            auto const& text = asked.body();
            bool const matched = std::regex_match(text.begin(), text.end(), std::regex("(a|b)*"));
            return response::text(status::ok, matched ? "matched" : "other");
        });
        auto const asked =
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n" + std::string(500, 'a');
        CHECK_THAT(answer_to(asked, routes), EndsWith("matched"));
    });
}

TEST_CASE_METHOD(with_workers, "a handler may have an array of 512 KiB") {
    on_worker(0, [] {
        auto const routes = with([](request const&) {
            char volatile large[512 * 1024];
            for (std::size_t i = 0; i < sizeof large; i += 1024) large[i] = 'x';
            return response::text(status::ok, std::string(1, large[sizeof large / 2]));
        });
        CHECK_THAT(answer_to("GET / HTTP/1.1\r\nHost: a\r\n\r\n", routes), EndsWith("x"));
    });
}
