#include "browser/browser.hpp"
#include "browser/datastar_script.hpp"
#include "examples/running_example.hpp"

#include "support/catch.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

// examples/board.cpp, with Datastar's script as it is published.

namespace {

class painted_board {
public:
    painted_board() : program_("board", {"0", datastar_script().string()}) {}

    tab open(browser& in) {
        auto page = in.open(program_.url("/"));
        page.await("document.querySelectorAll('#board button').length === 256");
        return page;
    }
    int stop() { return program_.stop(); }

private:
    running_example program_;
};

std::string cell(int number) { return fmt::format("#board button[value=\"{}\"]", number); }

/// As browsers write colours: "rgb(1, 2, 3)".
void await_colour(tab& page, int of, std::string const& colour) {
    page.await(fmt::format("document.querySelector('{}').style.backgroundColor === '{}'", cell(of),
                           colour));
}

void choose(tab& page, std::string const& colour) {
    page.evaluate(
        fmt::format("const it = document.querySelector('input'); it.value = '{}';"
                    "it.dispatchEvent(new Event('input', {{bubbles: true}}))",
                    colour));
}

}  // namespace

TEST_CASE("board: a click on one page shows on both, and on one that comes later") {
    painted_board program;
    browser chromium;
    auto first = program.open(chromium);
    auto second = program.open(chromium);
    first.click(cell(17));
    for (auto* each : {&first, &second}) await_colour(*each, 17, "rgb(228, 87, 46)");
    choose(second, "#0102ff");
    second.click(cell(18));
    second.click(cell(255));
    for (auto* each : {&first, &second}) {
        await_colour(*each, 18, "rgb(1, 2, 255)");
        await_colour(*each, 255, "rgb(1, 2, 255)");
        await_colour(*each, 17, "rgb(228, 87, 46)");
    }
    auto third = program.open(chromium);
    await_colour(third, 255, "rgb(1, 2, 255)");
    CHECK(chromium.complaints() == std::vector<std::string>());
    CHECK(program.stop() == 0);
}

TEST_CASE("board: a page keeps what it holds while others paint") {
    painted_board program;
    browser chromium;
    auto first = program.open(chromium);
    auto second = program.open(chromium);
    choose(first, "#00ff00");
    first.evaluate(fmt::format("document.querySelector('{}').focus()", cell(3)));
    second.click(cell(4));
    await_colour(first, 4, "rgb(228, 87, 46)");
    CHECK(first.evaluate("document.activeElement.value") == "3");
    first.press("Enter");
    for (auto* each : {&first, &second}) await_colour(*each, 3, "rgb(0, 255, 0)");
    CHECK(chromium.complaints() == std::vector<std::string>());
    CHECK(program.stop() == 0);
}
