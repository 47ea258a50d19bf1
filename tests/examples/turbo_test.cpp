#include "examples/running_example.hpp"
#include "support/catch.hpp"
#include "support/curl.hpp"
#include "support/temporary_folder.hpp"
#include "support/without_ids.hpp"

// htmx.cpp differs by its page and by what it puts around a note; tests/browser has both in a browser.

namespace {

struct turbo : temporary_folder, running_example {
    turbo() : running_example("turbo", {"0", (path() / "notes.txt").string(), "/turbo.js"}) {}
};

}  // namespace

TEST_CASE("turbo: a note is appended to everybody's list, as text") {
    turbo program;
    curl_stream stream(program.url("/events"));
    CHECK_THAT(fetch(program.url("/notes"), {"-i", "--data-urlencode", "text=<b> & \"c\""}),
               StartsWith("HTTP/1.1 204 "));
    CHECK(without_ids(stream.output().until("\n\n")) ==
          "data: <turbo-stream action=\"append\" target=\"notes\"><template>"
          "<li id=\"note-1\">&lt;b> &amp; \"c\"</li></template></turbo-stream>\n\n");
    CHECK(program.stop() == 0);
}

TEST_CASE("turbo: the page shows what there is, and its stream begins behind that") {
    turbo program;
    fetch(program.url("/notes"), {"-d", "text=Milk"});
    auto const page = fetch(program.url("/"));
    CHECK_THAT(page, ContainsSubstring("<script src=\"/turbo.js\">"));
    CHECK_THAT(page, ContainsSubstring("<ol id=\"notes\"><li id=\"note-1\">Milk</li></ol>"));
    std::string const before = "src=\"";
    auto const begin = page.find(before + "/events?last_event_id=%23") + before.size();
    curl stream(program.url(page.substr(begin, page.find('"', begin) - begin)));
    fetch(program.url("/notes"), {"-d", "text=Bread"});
    auto const came = stream.output().until("</template>");
    CHECK_THAT(came, ContainsSubstring("<li id=\"note-2\">Bread</li>"));
    CHECK_THAT(came, !ContainsSubstring("Milk"));
    CHECK(program.stop() == 0);
}

TEST_CASE("turbo: what is no line is noted nowhere") {
    turbo program;
    for (auto const* const text : {"text=", "text=two%0Alines", "other=1"})
        CHECK_THAT(fetch(program.url("/notes"), {"-i", "-d", text}), StartsWith("HTTP/1.1 400 "));
    CHECK_THAT(fetch(program.url("/")), ContainsSubstring("<ol id=\"notes\"></ol>"));
    CHECK(program.stop() == 0);
}
