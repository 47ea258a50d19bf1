#include "examples/running_example.hpp"
#include "support/catch.hpp"
#include "support/curl.hpp"
#include "support/temporary_file.hpp"

#include <string>
#include <vector>

namespace {

/// The status line and the head of what a page is answered that clicks on a cell.
std::string click(running_example const& on, std::string const& cell, std::string const& signals,
                  std::string const& type = "application/json") {
    return fetch(on.url("/cells/" + cell), {"-i", "-H", "Content-Type: " + type, "-d", signals});
}

std::string coloured(int cell, std::string const& colour) {
    auto const number = std::to_string(cell);
    return "data: elements <button value=\"" + number + "\" aria-label=\"" + number +
           "\" style=\"background:" + colour + "\"></button>\n";
}

}  // namespace

TEST_CASE("board: what one paints, all see, also who comes later") {
    running_example program("board");
    curl first(program.url("/frames"));
    auto const blank = first.output().until("\n\n");
    CHECK_THAT(blank, ContainsSubstring("event: datastar-patch-elements\n"
                                        "data: elements <div id=\"board\">\n" +
                                        coloured(0, "#ffffff")));
    CHECK_THAT(blank, EndsWith(coloured(255, "#ffffff") + "data: elements </div>\n\n"));
    CHECK_THAT(click(program, "7", R"({"colour":"#0aF3c9","other":1})"),
               StartsWith("HTTP/1.1 204 "));
    CHECK_THAT(first.output().until("\n\n"), ContainsSubstring(coloured(7, "#0aF3c9")));
    curl second(program.url("/frames"));
    auto const later = second.output().until("\n\n");
    CHECK_THAT(later, ContainsSubstring(coloured(7, "#0aF3c9")));
    CHECK_THAT(later, ContainsSubstring(coloured(8, "#ffffff")));
    CHECK(program.stop() == 0);
    CHECK(first.wait() == curl_unfinished);
}

TEST_CASE("board: nobody puts anything but a colour into others' pages") {
    running_example program("board");
    for (std::string const colour : {"red", "#12345", "#1234567", "#12345g", "", "#fff\\\";x"}) {
        CAPTURE(colour);
        CHECK_THAT(click(program, "7", R"({"colour":")" + colour + "\"}"),
                   StartsWith("HTTP/1.1 400 "));
    }
    for (std::string const cell : {"256", "-1", "x", "99999999999999999999"}) {
        CAPTURE(cell);
        CHECK_THAT(click(program, cell, R"({"colour":"#123456"})"), StartsWith("HTTP/1.1 400 "));
    }
    CHECK_THAT(click(program, "7", "{}"), StartsWith("HTTP/1.1 400 "));
    CHECK_THAT(click(program, "7", "no JSON"), StartsWith("HTTP/1.1 400 "));
    CHECK_THAT(click(program, "7", "{}", "text/plain"), StartsWith("HTTP/1.1 415 "));
    curl reading(program.url("/frames"));
    CHECK_THAT(reading.output().until("\n\n"), ContainsSubstring(coloured(7, "#ffffff")));
    CHECK(program.stop() == 0);
}

TEST_CASE("board: its page has the script from where it was told, or gets it here") {
    running_example by_url("board", {"0", "http://127.0.0.1:9/star.js"});
    CHECK_THAT(fetch(by_url.url("/")), ContainsSubstring("src=\"http://127.0.0.1:9/star.js\""));
    CHECK_THAT(fetch(by_url.url("/datastar.js")), StartsWith("HTTP/1.1 404 "));
    CHECK(by_url.stop() == 0);

    temporary_file const script("its text");
    running_example by_file("board", {"0", script.path()});
    CHECK_THAT(fetch(by_file.url("/")), ContainsSubstring("src=\"/datastar.js\""));
    auto const served = fetch(by_file.url("/datastar.js"));
    CHECK_THAT(served, ContainsSubstring("Content-Type: text/javascript; charset=utf-8\r\n"));
    CHECK_THAT(served, EndsWith("\r\n\r\nits text"));
    CHECK(by_file.stop() == 0);
}
