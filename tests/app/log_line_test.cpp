#include "app/process/log_line.hpp"

#include <boost/json.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <string>

using fibercast::app::log_format;
using fibercast::app::log_line;
using fibercast::app::log_remark;

namespace {

spdlog::details::log_msg message(std::string const& text) {
    spdlog::details::log_msg made("fibercast", spdlog::level::warn, text);
    made.time = spdlog::log_clock::time_point(std::chrono::milliseconds(1'700'000'000'007));
    return made;
}

}  // namespace

TEST_CASE("a line of the log is an object, with its time in UTC") {
    std::string const text = "client \"7\" of 127.0.0.1 ends";
    CHECK(log_line(message(text), log_format::json) ==
          R"({"time":"2023-11-14T22:13:20.007Z","level":"warning",)"
          R"("message":"client \"7\" of 127.0.0.1 ends"})"
          "\n");
}

TEST_CASE("whatever is logged, the line is JSON of valid UTF-8") {
    auto const text =
        GENERATE(as<std::string>(), "", "grüße", "\xff\xfe", "a\x01\x1f\x7f", "\\\"/");
    auto const line = log_line(message(text), log_format::json);
    CHECK(line.find('\n') == line.size() - 1);
    auto const parsed = boost::json::parse(line).as_object();
    CHECK(parsed.size() == 3);
    if (text != "\xff\xfe") CHECK(parsed.at("message").as_string() == text);
}

TEST_CASE("a line for people has the time of the place, and colours on a terminal only") {
    std::string const text = "accepting pauses";
    auto const plain = log_line(message(text), log_format::text);
    CHECK_THAT(plain, Matches("[-0-9]{10} [:0-9]{8}\\.007 warning accepting pauses\n"));
    CHECK_THAT(log_line(message(text), log_format::text, true),
               EndsWith(" \x1b[33;1mwarning\x1b[m accepting pauses\n"));
}

TEST_CASE("what stands between the lines becomes objects, too") {
    CHECK(log_remark("one\ntwo\n", log_format::text) == "one\ntwo\n");
    CHECK_THAT(log_remark("one\ntwo\n", log_format::json),
               Matches("\\{.*\"level\":\"info\",\"message\":\"one\"\\}\n"
                       "\\{.*\"level\":\"info\",\"message\":\"two\"\\}\n"));
}
