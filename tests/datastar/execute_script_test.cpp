#include <fibercast/datastar/execute_script.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <stdexcept>
#include <string>

using namespace fibercast::datastar;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

std::string run(std::string const& script, execute_script_options const& how = {}) {
    return execute_script(script, how).encode();
}

/// The same without what is always so.
std::string element_of(std::string const& script, execute_script_options const& how = {}) {
    auto const all = run(script, how);
    auto const begin =
        "event: datastar-patch-elements\ndata: selector body\ndata: mode append\ndata: elements "s;
    CHECK_THAT(all, StartsWith(begin));
    CHECK_THAT(all, EndsWith("\n\n"));
    return all.substr(begin.size(), all.size() - begin.size() - 2);
}

}  // namespace

TEST_CASE("a script alone is appended to the body, and its element goes when it has run") {
    CHECK(run("alert('hi')") ==
          "event: datastar-patch-elements\n"
          "data: selector body\n"
          "data: mode append\n"
          "data: elements <script data-effect=\"el.remove()\">alert('hi')</script>\n\n");
}

TEST_CASE("all options of a script, in their order") {
    CHECK(run("go()", {.auto_remove = true,
                       .attributes = {{"type", "module"}, {"async", ""}},
                       .event_id = "9",
                       .retry_duration = 3s}) ==
          "event: datastar-patch-elements\n"
          "id: 9\n"
          "retry: 3000\n"
          "data: selector body\n"
          "data: mode append\n"
          "data: elements <script type=\"module\" async=\"\" data-effect=\"el.remove()\">"
          "go()</script>\n\n");
    CHECK(element_of("go()", {.auto_remove = false}) == "<script>go()</script>");
}

TEST_CASE("a script may have many lines") {
    CHECK(element_of("if (a < b) {\r\n    go();\n}") ==
          "<script data-effect=\"el.remove()\">if (a < b) {\n"
          "data: elements     go();\n"
          "data: elements }</script>");
}

TEST_CASE("what is in an attribute's value stays in it") {
    CHECK(
        element_of("", {.auto_remove = false,
                        .attributes = {{"data-x", "a \"b\" & <c>"}, {"data-on:click", "d\ne"}}}) ==
        "<script data-x=\"a &quot;b&quot; &amp; <c>\" data-on:click=\"d\n"
        "data: elements e\"></script>");
    auto const name =
        GENERATE(as<std::string>(), "", "a b", "a=b", "a\"", "a>", "a/", "a\n", "\xe4");
    CAPTURE(name);
    CHECK_THROWS_AS(run("go()", {.attributes = {{name, "value"}}}), std::invalid_argument);
}

TEST_CASE("a script does not get out of its element") {
    auto const bad = GENERATE(as<std::string>(), "x = '</script>'", "</SCRIPT", "a<</ScRiPt >",
                              "x = '<!-- <script>'", "a <!--b");
    CAPTURE(bad);
    CHECK_THROWS_AS(run(bad), std::invalid_argument);
    CHECK_NOTHROW(run(R"(x = '\x3C/script>'; y = "<\/script>"; z = a < b && c <! d; '</scrip')"));
}

TEST_CASE("a script's id is one line, and its time is not negative") {
    CHECK_THROWS_AS(run("go()", {.event_id = "1\r2"}), std::invalid_argument);
    CHECK_THROWS_AS(run("go()", {.retry_duration = -1ms}), std::invalid_argument);
}
