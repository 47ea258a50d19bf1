#include "sse/replay.hpp"

#include "sse/failing_memory.hpp"
#include "sse/some_rights.hpp"
#include "support/catch.hpp"

#include <new>
#include <optional>
#include <string>
#include <utility>

using fibercast::event;
using fibercast::member_terms;
using fibercast::replay;
using fibercast::sequence;
using fibercast::topic_set;
using fibercast::topic_set_ptr;

namespace {

struct with_history {
    void append(std::string const& topic, bool is_private, std::string const& text) {
        event const what(text);
        auto made = log.begin(what);
        fibercast::publication one;
        one.topics = topic_set_ptr(new topic_set({{topic}}, is_private));
        log.append(std::move(one), made);
    }

    member_terms terms(rights_ptr rights) {
        return member_terms({.topics = {"*"}, .rights = std::move(rights)}, index, shared);
    }

    std::string text_for(member_terms const& whom) {
        auto const piece = kept.next(0, log.last(), &whom);
        return piece.what ? std::string(piece.what->view().payload()) : std::string();
    }

    sequence log{{.events = 10, .bytes = 1 << 20}};
    fibercast::counter held;
    replay kept{log, held};
    fibercast::topic_index index;
    fibercast::windows shared;
};

}  // namespace

TEST_CASE_METHOD(with_history, "a piece of the history has what its reader may read") {
    append("a", false, "open");
    append("a", true, "hidden");
    auto const may = terms(rights_to({"a"})), may_not = terms(nullptr),
               other = terms(rights_to({}));
    CHECK_THAT(text_for(may), ContainsSubstring("hidden"));
    for (auto const* const each : {&may_not, &other}) {
        CHECK_THAT(text_for(*each), ContainsSubstring("open"));
        CHECK_THAT(text_for(*each), !ContainsSubstring("hidden"));
    }
    CHECK_THAT(text_for(may), ContainsSubstring("hidden"));
}

TEST_CASE_METHOD(with_history, "without the memory for one's piece nobody gets a part of it") {
    append("a", true, "hidden");
    append("a", false, "open");
    auto const may = terms(rights_to({"a"})), may_not = terms(nullptr);
    auto const expected = text_for(may_not);
    CHECK_THAT(expected, ContainsSubstring("open"));
    CHECK_THAT(expected, !ContainsSubstring("hidden"));
    bool failed = true;
    int number = 0;
    while (failed) {
        CAPTURE(++number);
        kept.forget();
        {
            auto const refusing = failing_memory::at(number);
            try {
                kept.next(0, log.last(), &may);
            } catch (std::bad_alloc const&) {
            }
            failed = refusing.failed() != 0;
        }
        CHECK(kept.next(0, log.last(), nullptr).what == nullptr);
        CHECK(text_for(may_not) == expected);
    }
    CHECK(number > 2);
}
