#include "support/catch.hpp"
#include "support/curl.hpp"
#include "support/without_ids.hpp"
#include "tutorial/tutorial_program.hpp"

#include <csignal>
#include <string>
#include <vector>

// Each step does what docs/tutorial.md says of it.

namespace {

std::string say(tutorial_program const& program, std::string const& path, std::string const& form) {
    return fetch(program.url(path), {"-i", "-d", form});
}

bool was_said(std::string const& answer) { return answer.starts_with("HTTP/1.1 204 "); }

/// The next event of a stream, without its id.
std::string next(curl& stream) { return without_ids(stream.output().until("\n\n")); }

/// The value of the first `id:` in a stream's text.
std::string id_in(std::string const& text) {
    auto const begin = text.find("id: ") + 4;
    return text.substr(begin, text.find('\n', begin) - begin);
}

}  // namespace

TEST_CASE("step 2: a handler answers, and Enter stops the program") {
    tutorial_program program(2);
    CHECK_THAT(fetch(program.url("/hello")), EndsWith("\r\n\r\nHello\n"));
    CHECK(program.enter() == 0);
}

TEST_CASE("step 3: a stream begins with an event, stays open, and ends with the program") {
    tutorial_program program(3);
    curl stream(program.url("/events"), {"-i"});
    CHECK_THAT(stream.output().until("\r\n\r\n"),
               ContainsSubstring("Content-Type: text/event-stream\r\n"));
    CHECK_THAT(stream.output().until("\n\n"), EndsWith("data: Welcome\n\n"));
    CHECK(program.enter() == 0);
    CHECK(stream.wait() == curl_unfinished);
}

TEST_CASE("step 4: the page comes as HTML and listens to the stream") {
    tutorial_program program(4);
    auto const page = fetch(program.url("/"));
    CHECK_THAT(page, ContainsSubstring("Content-Type: text/html; charset=utf-8\r\n"));
    CHECK_THAT(page, ContainsSubstring("new EventSource(\"/events\")"));
    CHECK(program.enter() == 0);
}

TEST_CASE("step 5: what the form says reaches everybody") {
    tutorial_program program(5);
    curl first(program.url("/events")), second(program.url("/events"));
    for (auto* each : {&first, &second}) next(*each);
    CHECK(was_said(say(program, "/say", "text=Hello+all")));
    for (auto* each : {&first, &second}) CHECK(next(*each) == "data: Hello all\n\n");
    CHECK_THAT(say(program, "/say", "text="), StartsWith("HTTP/1.1 400 "));
    CHECK(program.enter() == 0);
}

TEST_CASE("step 6: what is said in a room is heard there and nowhere else") {
    tutorial_program program(6);
    curl_stream tea(program.url("/events?topic=rooms/tea"));
    curl_stream coffee(program.url("/events?topic=rooms/coffee"));
    CHECK(was_said(say(program, "/rooms/coffee/say", "text=black")));
    CHECK(was_said(say(program, "/rooms/tea/say", "text=green")));
    CHECK(next(tea) == "data: green\n\n");
    CHECK(next(coffee) == "data: black\n\n");
    for (auto const* const none : {"/rooms/milk", "/rooms"})
        CHECK_THAT(fetch(program.url(none)), StartsWith("HTTP/1.1 404 "));
    CHECK_THAT(say(program, "/rooms/milk/say", "text=a"), StartsWith("HTTP/1.1 404 "));
    CHECK_THAT(fetch(program.url("/rooms/tea")), ContainsSubstring("<ul></ul>"));
    CHECK(program.enter() == 0);
}

TEST_CASE("step 7: who comes late gets what there was, who comes back what was missed") {
    tutorial_program program(7);
    for (auto const* const each : {"text=one", "text=two", "text=three"})
        CHECK(was_said(say(program, "/rooms/tea/say", each)));
    curl late(program.url("/events?topic=rooms/tea&last_event_id=earliest"));
    auto const one = late.output().until("one\n\n");
    CHECK(next(late) == "data: two\n\n");
    CHECK(next(late) == "data: three\n\n");
    curl back(program.url("/events?topic=rooms/tea&last_event_id=earliest"),
              {"-H", "Last-Event-ID: " + id_in(one)});
    auto const came = back.output().until("three\n\n");
    CHECK_THAT(came, ContainsSubstring("data: two\n\n") && !ContainsSubstring("data: one"));
    curl strange(program.url("/events?topic=rooms/tea"), {"-H", "Last-Event-ID: #abcdef-3"});
    CHECK_THAT(strange.output().until("one\n\n"), ContainsSubstring("event: fibercast.gap\n"));
    CHECK(program.enter() == 0);
}

namespace {

void users_are_told_apart(tutorial_program const& program) {
    curl_stream ann(program.url("/events?room=tea&name=ann"));
    curl_stream bob(program.url("/events?room=tea&name=bob"));
    curl_stream eve(program.url("/events?room=tea&name=eve&topic=users/bob"));
    CHECK(was_said(say(program, "/rooms/tea/say", "name=ann&text=@bob+Psst")));
    CHECK(was_said(say(program, "/rooms/tea/say", "name=ann&text=Hello")));
    for (auto* each : {&ann, &bob}) CHECK(next(*each) == "data: ann: @bob Psst\n\n");
    for (auto* each : {&ann, &bob, &eve}) CHECK(next(*each) == "data: ann: Hello\n\n");
    for (auto const* const wrong :
         {"room=tea", "room=tea&name=*", "room=milk&name=ann", "name=ann"})
        CHECK_THAT(fetch(program.url(std::string("/events?") + wrong)),
                   StartsWith("HTTP/1.1 400 "));
    for (auto const* const wrong : {"text=a", "name=*&text=a", "name=ann"})
        CHECK_THAT(say(program, "/rooms/tea/say", wrong), StartsWith("HTTP/1.1 400 "));
}

}  // namespace

TEST_CASE("step 8: a user hears the room, and what is for this user alone") {
    tutorial_program program(8);
    users_are_told_apart(program);
    CHECK(program.enter() == 0);
}

TEST_CASE("step 9: a signal ends the streams, so that they come back, and the program") {
    for (int const signal : {SIGINT, SIGTERM}) {
        tutorial_program program(9);
        users_are_told_apart(program);
        curl_stream stream(program.url("/events?room=tea&name=ann"));
        CHECK(program.interrupt(signal) == 0);
        CHECK_THAT(stream.output().until_end(), ContainsSubstring("retry: "));
        CHECK(stream.wait() == curl_unfinished);
    }
}
