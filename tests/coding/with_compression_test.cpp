#include <fibercast/coding/with_compression.hpp>

#include <fibercast/testing/memory_output.hpp>
#include "decoders/decoder.hpp"
#include "support/catch.hpp"

#include <fibercast/http/response.hpp>
#include <fibercast/runtime/worker.hpp>
#include <fibercast/runtime/worker_pool.hpp>

#include <memory>
#include <string>
#include <utility>

using namespace fibercast;

namespace {

std::string const page(10'000, 'x');

response answer(handler const& inner, std::string const& accepted,
                compression_options settings = {}) {
    fields all;
    if (!accepted.empty()) all.add("Accept-Encoding", accepted);
    return with_compression(std::move(settings), inner)(request("GET", "/", std::move(all)));
}

handler typed(std::string const& type, std::string const& body = page) {
    return [=](request const&) { return response(status::ok, body).header("Content-Type", type); };
}

std::string value_of(response const& of, std::string_view name) {
    return std::string(of.fields().find(name).value_or("none"));
}

/// What a body writes.
struct written {
    explicit written(response made) {
        worker_pool pool({.workers = 1});
        pool[0].call([&] {
            fibercast::testing::memory_output out;
            write_body(made.body(), out);
            bytes = out.text();
            unfinished = out.unfinished();
        });
        pool.stop();
    }
    std::string bytes;
    bool unfinished = false;
};

/// Two events, and then the end or not.
struct some_events {
    bool ends;
};
void write_body(some_events& it, output& out) {
    if (!it.ends) out.leave_unfinished();
    CHECK(out.write("data: one\n\n"));
    CHECK(out.write(""));
    auto const two = chunk::make("data: two\n\n");
    auto const view = two->view();
    CHECK(out.write(std::span(&view, 1)));
    CHECK(out.flush());
}

}  // namespace

TEST_CASE("a page is compressed for who accepts it, whole and with its checksum") {
    auto const coding = GENERATE(content_coding::gzip, content_coding::br, content_coding::zstd);
    auto made = answer(typed("text/html; charset=utf-8"), std::string(name_of(coding)));
    CHECK(value_of(made, "Content-Encoding") == name_of(coding));
    CHECK(value_of(made, "Vary") == "Accept-Encoding");
    CHECK_FALSE(made.body().size());
    written const it(std::move(made));
    CHECK(it.bytes.size() * 10 < page.size());
    auto const reading = decoder::of(coding);
    CHECK(reading->feed(it.bytes) == page);
    CHECK(reading->ended());
}

TEST_CASE("a body that writes bit by bit can be read bit by bit, to its end if it has one") {
    auto const coding = GENERATE(content_coding::gzip, content_coding::br, content_coding::zstd);
    auto const ends = GENERATE(false, true);
    auto const events = [&](request const&) {
        return response(status::ok, some_events{ends}).header("Content-Type", "text/event-stream");
    };
    written const it(answer(events, std::string(name_of(coding))));
    auto const reading = decoder::of(coding);
    CHECK(reading->feed(it.bytes) == "data: one\n\ndata: two\n\n");
    CHECK(reading->ended() == ends);
    CHECK(it.unfinished == !ends);
}

TEST_CASE("an empty body without a size is a stream that ends at once") {
    auto const coding = GENERATE(content_coding::gzip, content_coding::br, content_coding::zstd);
    auto const nothing = typed("text/plain", "");
    written const it(answer(nothing, std::string(name_of(coding)), {.least_bytes = 0}));
    auto const reading = decoder::of(coding);
    CHECK(reading->feed(it.bytes).empty());
    CHECK((reading->ended() || coding == content_coding::zstd));
}

TEST_CASE("what is no text, is small, empty, a part or encoded already stays as it is") {
    auto const untouched = [](response made) {
        return value_of(made, "Content-Encoding") == "none" && value_of(made, "Vary") == "none" &&
               written(std::move(made)).bytes == page;
    };
    for (auto const* const type : {"image/png", "application/octet-stream", "font/woff2"})
        CHECK(untouched(answer(typed(type), "gzip")));
    CHECK(value_of(answer(typed("text/plain", "short"), "gzip"), "Content-Encoding") == "none");
    auto const with = [](status code, std::string_view name, std::string_view value) {
        return [=](request const&) {
            return response(code, page).header("Content-Type", "text/plain").header(name, value);
        };
    };
    CHECK(value_of(answer(with(status::ok, "Content-Encoding", "zstd"), "gzip"),
                   "Content-Encoding") == "zstd");
    CHECK(
        untouched(answer(with(status::partial_content, "Content-Range", "bytes 0-9/10"), "gzip")));
    CHECK(untouched(answer(with(status::no_content, "X-Some", "thing"), "gzip")));
    CHECK(untouched(answer(with(status::not_modified, "X-Some", "thing"), "gzip")));
}

TEST_CASE("text of all sorts is compressed") {
    for (auto const* const type :
         {"text/css", "TEXT/html", "application/json", "application/ld+json", "image/svg+xml",
          "application/javascript", "application/atom+xml; charset=utf-8"}) {
        INFO(type);
        CHECK(value_of(answer(typed(type), "gzip"), "Content-Encoding") == "gzip");
    }
}

TEST_CASE("who accepts nothing gets it plain, and caches are told that it varies") {
    auto made = answer(typed("text/plain"), "");
    CHECK(value_of(made, "Content-Encoding") == "none");
    CHECK(value_of(made, "Vary") == "Accept-Encoding");
    CHECK(written(std::move(made)).bytes == page);
}

TEST_CASE("a tag for the plain bytes is a weak one for the compressed") {
    auto const tagged = [](std::string const& tag) {
        return [=](request const&) {
            return response(status::ok, page)
                .header("Content-Type", "text/plain")
                .header("ETag", tag);
        };
    };
    CHECK(value_of(answer(tagged("\"7\""), "gzip"), "ETag") == "W/\"7\"");
    CHECK(value_of(answer(tagged("W/\"7\""), "gzip"), "ETag") == "W/\"7\"");
    CHECK(value_of(answer(tagged("\"7\""), ""), "ETag") == "\"7\"");
}
