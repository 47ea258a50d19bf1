#include <fibercast/coding/content_coding.hpp>

#include "support/catch.hpp"

#include <string>
#include <utility>
#include <vector>

using fibercast::accepted_coding;
using fibercast::content_coding;
using fibercast::request;
using enum fibercast::content_coding;

namespace {

content_coding chosen(std::vector<std::string> const& lines,
                      std::vector<content_coding> const& offered = {br, zstd, gzip}) {
    fibercast::fields fields;
    for (auto const& each : lines) fields.add("Accept-Encoding", each);
    return accepted_coding(request("GET", "/", std::move(fields)), offered);
}

}  // namespace

TEST_CASE("of the codings that are offered the one that is wanted most is chosen") {
    struct row {
        std::vector<std::string> asked;
        content_coding got;
    };
    std::vector<row> const table = {
        {{"gzip, deflate, br, zstd"}, br},  // as Chromium asks: the first that is offered
        {{"gzip"}, gzip},
        {{"GZip"}, gzip},
        {{"x-gzip"}, gzip},
        {{"gzip;q=0.5, zstd;q=0.8, br;q=0.1"}, zstd},
        {{"gzip ; q=0.5 ,zstd ;Q=0.50"}, zstd},
        {{"gzip;q=1.0, br;q=0.999"}, gzip},
        {{"gzip", "br"}, br},  // a list in two lines is one list
        {{"*"}, br},
        {{"*;q=0.1, gzip;q=0.2"}, gzip},
        {{"br;q=0, *"}, zstd},
        {{"gzip;q=0.5, identity"}, identity},  // wanted more
        {{"gzip;q=0.5, identity;q=0.5"}, gzip},
        {{"identity;q=0"}, identity},  // nothing else is said to be understood
        {{"gzip;q=0"}, identity},
        {{"deflate"}, identity},
        {{""}, identity},
        {{}, identity},
        {{"gzip;q=2"}, identity},  // no weight
        {{"gzip;q=-1"}, identity},
        {{"gzip;q=nan"}, identity},
        {{"gzip;q=inf"}, identity},
        {{"gzip;q="}, identity},
        {{"gzip;q"}, identity},
        {{"gzip;q=1e0"}, identity},
        {{"gzip;level=9"}, gzip},
        {{",,;=;,gzip"}, gzip},
        {{"br gzip"}, identity},  // two words are no name
    };
    for (auto const& [asked, got] : table) {
        INFO((asked.empty() ? "nothing" : asked.front()));
        CHECK(chosen(asked) == got);
    }
}

TEST_CASE("what is not offered is not chosen") {
    CHECK(chosen({"br, gzip"}, {gzip}) == gzip);
    CHECK(chosen({"br, gzip"}, {}) == identity);
    CHECK(chosen({"*"}, {zstd}) == zstd);
}

TEST_CASE("codings have their names, in any case") {
    for (auto const each : {identity, gzip, br, zstd})
        CHECK(fibercast::content_coding_named(name_of(each)) == each);
    CHECK(fibercast::content_coding_named("Br") == br);
    CHECK_FALSE(fibercast::content_coding_named("deflate"));
    CHECK_FALSE(fibercast::content_coding_named(""));
}
