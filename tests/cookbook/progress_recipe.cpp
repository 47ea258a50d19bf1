#include <fibercast/fibercast.hpp>
#include <fibercast/testing.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <string>
#include <vector>

using namespace fibercast;

namespace {

std::vector<std::string> imported;
void import(std::string const& file) { imported.push_back(file); }

struct import_job {
    std::vector<std::string> files;
};

void write_body(import_job& it, output& out) {
    std::size_t done = 0;
    for (auto const& file : it.files) {
        blocking([&] { import(file); });
        auto const percent = std::to_string(++done * 100 / it.files.size());
        if (!out.write(event(percent).type("progress").encode())) return;  // the page was closed
    }
    static_cast<void>(out.write(event("done").encode()));
}

response start_import(request const&) {
    return response(status::ok, import_job{{"a.csv", "b.csv"}})
        .header("Content-Type", "text/event-stream")
        .header("Cache-Control", "no-store");
}

}  // namespace

TEST_CASE("cookbook: progress") {
    testing::test_client client(start_import);
    auto stream = client.open("/");
    CHECK(stream.next().data == "50");
    CHECK(stream.next().data == "100");
    CHECK(stream.next().data == "done");
    stream.wait_for_end();
    CHECK(imported == std::vector<std::string>{"a.csv", "b.csv"});
}
