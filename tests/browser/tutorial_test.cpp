#include "browser/browser.hpp"
#include "tutorial/tutorial_program.hpp"

#include "support/catch.hpp"

#include <fmt/format.h>

#include <csignal>
#include <string>

// The pages of docs/tutorial.md.

namespace {

void await_lines(tab& page, std::string const& lines) {
    page.await(fmt::format(
        "Array.from(document.querySelectorAll('li'), each => each.innerText).join() === '{}'",
        lines));
}

void say(tab& page, std::string const& text) {
    page.evaluate("document.querySelector('input').focus()");
    page.type(text);
    page.press("Enter");
    page.await("document.querySelector('input').value === ''");
}

}  // namespace

TEST_CASE("tutorial: the first page shows the first event") {
    tutorial_program program(4);
    browser chromium;
    auto page = chromium.open(program.url("/"));
    await_lines(page, "Welcome");
    CHECK(program.enter() == 0);
}

TEST_CASE("tutorial: what one page says is on each, as text") {
    tutorial_program program(5);
    browser chromium;
    auto first = chromium.open(program.url("/"));
    auto second = chromium.open(program.url("/"));
    for (auto* each : {&first, &second}) await_lines(*each, "Welcome");
    say(first, "<b>Hello</b>");
    for (auto* each : {&first, &second}) await_lines(*each, "Welcome,<b>Hello</b>");
    CHECK(program.enter() == 0);
}

TEST_CASE("tutorial: a room's page hears its room, from the beginning") {
    tutorial_program program(7);
    browser chromium;
    auto tea = chromium.open(program.url("/rooms/tea"));
    auto coffee = chromium.open(program.url("/rooms/coffee"));
    say(tea, "green");
    say(coffee, "black");
    auto late = chromium.open(program.url("/rooms/tea"));
    for (auto* each : {&tea, &late}) await_lines(*each, "green");
    await_lines(coffee, "black");
    CHECK(program.enter() == 0);
}

TEST_CASE("tutorial: a user's page has what is for this user alone") {
    for (int const step : {8, 9, 10}) {
        tutorial_program program(step);
        browser chromium;
        auto ann = chromium.open(program.url("/rooms/tea?name=ann"));
        auto bob = chromium.open(program.url("/rooms/coffee?name=bob"));
        auto eve = chromium.open(program.url("/rooms/tea?name=eve"));
        say(ann, "@bob Psst");
        for (auto* each : {&ann, &bob}) await_lines(*each, "ann: @bob Psst");
        say(ann, "Hello");  // only now: a page's requests may overtake each other
        await_lines(ann, "ann: @bob Psst,ann: Hello");
        await_lines(eve, "ann: Hello");
        if (step == 8)
            CHECK(program.enter() == 0);
        else
            CHECK(program.interrupt(SIGTERM) == 0);
    }
}
