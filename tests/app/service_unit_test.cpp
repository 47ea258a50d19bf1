#include "app/options.hpp"
#include "app/text/span_text.hpp"

#include "support/catch.hpp"
#include "support/text_file.hpp"

#include <chrono>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

using namespace fibercast::app;

namespace {

/// The value of a key that is in the unit once.
std::string value_in(std::string const& unit, std::string const& key) {
    std::istringstream lines(text_file("../docs/" + unit));
    std::string value;
    int found = 0;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(key + "=")) continue;
        value = line.substr(key.size() + 1);
        ++found;
    }
    INFO(key);
    CHECK(found == 1);
    return value;
}

options of_service() {
    std::istringstream words(value_in("fibercast.service", "ExecStart"));
    std::vector<std::string> all;
    for (std::string each; words >> each;) all.push_back(each);
    std::vector<char const*> arguments;
    for (auto const& each : all) arguments.push_back(each.c_str());
    auto const parsed = parse_options(static_cast<int>(arguments.size()), arguments.data());
    REQUIRE(std::holds_alternative<options>(parsed));
    return std::get<options>(parsed);
}

}  // namespace

TEST_CASE("the unit's options are options, and it gives the server time to drain") {
    auto const all = of_service();
    auto const time = parse_span(value_in("fibercast.service", "TimeoutStopSec"));
    REQUIRE(time);
    CHECK(*time > all.drain + all.drain_timeout);
    CHECK(value_in("fibercast.service", "Type") == "notify");
    CHECK(parse_span(value_in("fibercast.service", "WatchdogSec")) > std::chrono::seconds(1));
    CHECK(value_in("fibercast.socket", "FileDescriptorName") == "public");
}
