#include <fibercast/datastar/patch_elements.hpp>

#include "support/catch.hpp"

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>

using namespace fibercast::datastar;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

std::string patch(std::string const& elements, patch_elements_options const& how = {}) {
    return patch_elements(elements, how).encode();
}

}  // namespace

TEST_CASE("elements alone: no option with its default is sent") {
    CHECK(patch("<p id=\"one\">1</p>") ==
          "event: datastar-patch-elements\n"
          "data: elements <p id=\"one\">1</p>\n\n");
    CHECK(patch("<p id=\"one\">1</p>", {.selector = "",
                                        .mode = patch_mode::outer,
                                        .use_view_transition = false,
                                        .view_transition_selector = "",
                                        .namespace_ = element_namespace::html,
                                        .event_id = "",
                                        .retry_duration = 1s}) == patch("<p id=\"one\">1</p>"));
}

TEST_CASE("each option of a patch of elements is a line of its own") {
    auto const lines = [](patch_elements_options const& how) {
        auto text = patch("<p></p>", how);
        auto const begin = "event: datastar-patch-elements\n"s;
        auto const end = "data: elements <p></p>\n\n"s;
        CHECK_THAT(text, StartsWith(begin));
        CHECK_THAT(text, EndsWith(end));
        return text.substr(begin.size(), text.size() - begin.size() - end.size());
    };
    CHECK(lines({.selector = "#list > li:first-child"}) ==
          "data: selector #list > li:first-child\n");
    CHECK(lines({.use_view_transition = true}) == "data: useViewTransition true\n");
    CHECK(lines({.use_view_transition = true, .view_transition_selector = "#main"}) ==
          "data: useViewTransition true\ndata: viewTransitionSelector #main\n");
    CHECK(lines({.view_transition_selector = "#main"}).empty());
    CHECK(lines({.namespace_ = element_namespace::svg}) == "data: namespace svg\n");
    CHECK(lines({.namespace_ = element_namespace::mathml}) == "data: namespace mathml\n");
    CHECK(lines({.event_id = "a-1"}) == "id: a-1\n");
    CHECK(lines({.retry_duration = 1500ms}) == "retry: 1500\n");
    CHECK(lines({.retry_duration = 0ms}) == "retry: 0\n");
    std::pair<patch_mode, std::string> const modes[] = {
        {patch_mode::inner, "inner"},     {patch_mode::replace, "replace"},
        {patch_mode::prepend, "prepend"}, {patch_mode::append, "append"},
        {patch_mode::before, "before"},   {patch_mode::after, "after"},
        {patch_mode::remove, "remove"},
    };
    for (auto const& [mode, name] : modes)
        CHECK(lines({.mode = mode}) == "data: mode " + name + "\n");
}

TEST_CASE("all options of a patch of elements, in their order") {
    CHECK(patch("<circle r=\"1\"/>\n<circle r=\"2\"/>", {.selector = "#picture",
                                                         .mode = patch_mode::append,
                                                         .use_view_transition = true,
                                                         .view_transition_selector = "main",
                                                         .namespace_ = element_namespace::svg,
                                                         .event_id = "7",
                                                         .retry_duration = 2s}) ==
          "event: datastar-patch-elements\n"
          "id: 7\n"
          "retry: 2000\n"
          "data: selector #picture\n"
          "data: mode append\n"
          "data: useViewTransition true\n"
          "data: viewTransitionSelector main\n"
          "data: namespace svg\n"
          "data: elements <circle r=\"1\"/>\n"
          "data: elements <circle r=\"2\"/>\n\n");
}

TEST_CASE("every line of the elements says whose it is, however lines end") {
    for (auto const* end : {"\n", "\r\n", "\r"}) {
        CHECK(patch("<ul>"s + end + "  <li>" + end + end + "</ul>") ==
              "event: datastar-patch-elements\n"
              "data: elements <ul>\n"
              "data: elements   <li>\n"
              "data: elements \n"
              "data: elements </ul>\n\n");
    }
}

TEST_CASE("with a selector there may be no elements: it is removed, or emptied") {
    CHECK(patch("", {.selector = "#one, #two", .mode = patch_mode::remove}) ==
          "event: datastar-patch-elements\n"
          "data: selector #one, #two\n"
          "data: mode remove\n\n");
    CHECK(patch("", {.selector = "#one", .mode = patch_mode::inner}) ==
          "event: datastar-patch-elements\n"
          "data: selector #one\n"
          "data: mode inner\n\n");
    CHECK_THROWS_AS(patch("", {.mode = patch_mode::remove}), std::invalid_argument);
    CHECK_THROWS_AS(patch(""), std::invalid_argument);
}

TEST_CASE("what would be more than one line is no option") {
    auto const bad =
        GENERATE(as<std::string>(), "#a\n#b", "#a\r", "\n", "#a\r\ndata: mode remove", "#a\0b"s);
    CAPTURE(bad);
    CHECK_THROWS_AS(patch("<p></p>", {.selector = bad}), std::invalid_argument);
    CHECK_THROWS_AS(
        patch("<p></p>", {.use_view_transition = true, .view_transition_selector = bad}),
        std::invalid_argument);
    CHECK_THROWS_AS(patch("<p></p>", {.event_id = bad}), std::invalid_argument);
}

TEST_CASE("a page does not wait less than no time, and there are no modes but those named") {
    CHECK_THROWS_AS(patch("<p></p>", {.retry_duration = -1ms}), std::invalid_argument);
    CHECK_THROWS_AS(patch("<p></p>", {.mode = static_cast<patch_mode>(8)}), std::invalid_argument);
    CHECK_THROWS_AS(patch("<p></p>", {.namespace_ = static_cast<element_namespace>(3)}),
                    std::invalid_argument);
}
