#include "browser/browser.hpp"
#include "browser/bundle_server.hpp"
#include "examples/running_example.hpp"

#include "support/catch.hpp"
#include "support/curl.hpp"
#include "support/temporary_folder.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <optional>
#include <string>
#include <vector>

// examples/turbo.cpp and htmx.cpp, with the scripts as they are published.

namespace {

/// The program, its file and its scripts. It can be restarted where it was: below the ports that
/// the system gives away, on one that only this process thinks of.
class notes_program {
public:
    notes_program(std::string name, std::vector<std::string> const& scripts)
        : name_(std::move(name)), scripts_(scripts) {
        arguments_ = {std::to_string(10'000 + ::getpid() % 20'000),
                      (folder_.path() / "notes.txt").string()};
        for (auto const& each : scripts) arguments_.push_back(scripts_.url(each));
        start();
    }

    void start() { running_.emplace(name_, arguments_); }
    int stop() { return running_->stop(); }
    std::string url(std::string const& path) const { return running_->url(path); }

    void note(std::string const& text) const {
        auto const answer = fetch(url("/notes"), {"-i", "--data-urlencode", "text=" + text});
        CHECK_THAT(answer, StartsWith("HTTP/1.1 204 "));
    }

private:
    std::string name_;
    temporary_folder folder_;
    bundle_server scripts_;
    std::vector<std::string> arguments_;
    std::optional<running_example> running_;
};

notes_program turbo() { return {"turbo", {"@hotwired/turbo/dist/turbo.es2017-umd.js"}}; }
notes_program htmx() {
    return {"htmx", {"htmx.org/dist/htmx.min.js", "htmx-ext-sse/dist/sse.min.js"}};
}

/// Waits until the page has just these items.
void await_notes(tab& page, std::string const& notes) {
    page.await(fmt::format(
        "Array.from(document.querySelectorAll('ol > li'), each => each.innerText).join() === '{}'",
        notes));
}

void notes_appear_on_each_page(notes_program program) {
    program.note("Milk");
    browser chromium;
    auto first = chromium.open(program.url("/"));
    auto second = chromium.open(program.url("/"));
    first.type("<b>Tea & rum</b>");
    first.press("Enter");
    for (auto* each : {&first, &second}) await_notes(*each, "Milk,<b>Tea & rum</b>");
    first.await("document.querySelector('input').value === ''");
    program.note("Bread");
    for (auto* each : {&first, &second}) await_notes(*each, "Milk,<b>Tea & rum</b>,Bread");
    CHECK(chromium.complaints() == std::vector<std::string>());
    CHECK(program.stop() == 0);
}

void a_restart_resumes(notes_program program) {
    browser chromium;
    auto first = chromium.open(program.url("/"));
    auto second = chromium.open(program.url("/"));
    program.note("Milk");
    for (auto* each : {&first, &second}) await_notes(*each, "Milk");
    CHECK(program.stop() == 0);
    program.start();
    program.note("Bread");  // no page is back so soon, and the next life has no event of it
    CHECK(program.stop() == 0);
    program.start();
    for (auto* each : {&first, &second}) await_notes(*each, "Milk,Bread");
    program.note("Eggs");
    for (auto* each : {&first, &second}) await_notes(*each, "Milk,Bread,Eggs");
    CHECK(program.stop() == 0);
}

}  // namespace

TEST_CASE("turbo: a note that is made on one page appears on each") {
    notes_appear_on_each_page(turbo());
}

TEST_CASE("htmx: a note that is made on one page appears on each") {
    notes_appear_on_each_page(htmx());
}

TEST_CASE("turbo: when the program restarts the pages go on, and nothing is lost or doubled") {
    a_restart_resumes(turbo());
}

TEST_CASE("htmx: when the program restarts the pages go on, and nothing is lost or doubled") {
    a_restart_resumes(htmx());
}
