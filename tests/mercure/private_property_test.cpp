// Private updates reach only whom they may: random tokens, matchers and updates, live and replayed,
// held against a plain model that knows neither patterns nor tokens.

#include "mercure/mercure_under_test.hpp"
#include "support/chance.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace {

using numbers = std::set<std::size_t>;

std::vector<std::string> const topics = {
    "news",                                 // 0
    "/users/1",                             // 1
    "/users/2",                             // 2
    "https://hub.example.com/users/1",      // 3: what 1 is as a URL
    "https://example.com/books/1",          // 4
    "HTTPS://example.com/x/../books/1",     // 5: what 4 is as a URL
    "https://example.com/books/1/pages/2",  // 6
    "urn:isbn:7",                           // 7
    "https://[none",                        // 8: no URL
};

/// A matcher, and which of the topics it is for, as somebody says who knows.
struct known_matcher {
    bool is_pattern;
    std::string text;
    numbers for_topics;
};

std::vector<known_matcher> const matchers = {
    {false, "news", {0}},
    {false, "/users/1", {1}},
    {false, "https://example.com/books/1", {4}},
    {false, "https://[none", {8}},
    {false, "/users/*", {}},
    {false, "nothing", {}},
    {true, "/users/:id", {1, 2, 3}},
    {true, "/users/1", {1, 3}},
    {true, "https://example.com/books/:id", {4, 5}},
    {true, "https://example.com/books/*", {4, 5, 6}},
    {true, "https://*/users/(\\d+)", {1, 2, 3}},
    {true, "urn\\:isbn\\:*", {7}},
    {true, "https://:name.com/books/1/pages/:n", {6}},
    {false, "*", {0, 1, 2, 3, 4, 5, 6, 7, 8}},
    {true, "*", {0, 1, 2, 3, 4, 5, 6, 7, 8}},
};

bool meet(numbers const& a, numbers const& b) {
    return std::ranges::any_of(a, [&](auto each) { return b.contains(each); });
}

std::string escaped_json(std::string const& text) {
    std::string made;
    for (char const c : text) {
        if (c == '\\') made += '\\';
        made += c;
    }
    return made;
}

std::string form_encoded(std::string const& text) {
    std::string made;
    for (unsigned char const c : text) made += fmt::format("%{:02X}", c);
    return made;
}

/// What a subscriber wants and may read, and the connection on which it gets that.
struct reader_of_updates {
    numbers wants, may_read;
    std::size_t from;  // the first update that it can get
    mercure_stream stream;
    std::string asked;
};

struct sent_update {
    numbers about;
    bool is_private;
};

struct random_hub : mercure_under_test {
    explicit random_hub(unsigned seed) : by(seed) { start(); }

    void publish_one() {
        sent_update made{some_topics(), by.one_in(2)};
        auto form = "data=" + std::to_string(sent.size()) + ';';
        for (auto const each : made.about) form += "&topic=" + form_encoded(topics[each]);
        if (made.is_private) form += "&private";
        ids.push_back(publish(form));
        sent.push_back(std::move(made));
    }

    numbers some_topics() {
        numbers some;
        do some.insert(by.below(topics.size()));
        while (by.one_in(2));
        return some;
    }

    void join() {
        numbers wants, may_read;
        std::string query = "match=last", details;
        auto const some_matcher = [this](numbers& to) -> known_matcher const& {
            auto const& one = by.of(matchers);
            to.insert(one.for_topics.begin(), one.for_topics.end());
            return one;
        };
        do {
            auto const& one = some_matcher(wants);
            query += (one.is_pattern ? "&match_urlpattern=" : "&match=") + form_encoded(one.text);
        } while (by.one_in(2));
        while (!by.one_in(3)) {
            bool const subscribes = !by.one_in(4);
            numbers ignored;
            auto const& one = some_matcher(subscribes ? may_read : ignored);
            auto const text = escaped_json(one.text);
            details += (details.empty() ? "" : ",") +
                       detail(subscribes ? R"("subscribe")" : R"("publish")",
                              one.is_pattern ? pattern(text) : exact(text));
        }
        auto const from = sent.empty() || by.one_in(2) ? sent.size() : by.below(sent.size());
        if (from != sent.size()) query += "&last_event_id=" + form_encoded(ids[from]);
        auto const token_text = details.empty() ? "" : token(details);
        readers.push_back({std::move(wants), std::move(may_read),
                           from == sent.size() ? from : from + 1, subscribe(query, token_text),
                           query + ' ' + details});
    }

    /// What each must have got, and what it has.
    void check(reader_of_updates& each) const {
        std::string expected;
        for (auto i = each.from; i < sent.size(); ++i) {
            if (!meet(sent[i].about, each.wants)) continue;
            if (sent[i].is_private && !meet(sent[i].about, each.may_read)) continue;
            expected += std::to_string(i) + ' ';
        }
        auto const text = each.stream.until("last");
        std::string got;
        for (auto at = text.find("data: "); at != text.npos; at = text.find("data: ", at + 1)) {
            auto const end = text.find_first_of(";\n", at);
            if (text[end] == ';') got += text.substr(at + 6, end - at - 6) + ' ';
        }
        INFO(each.asked);
        CHECK(got == expected);
    }

    chance by;
    std::vector<sent_update> sent;
    std::vector<std::string> ids;
    std::vector<reader_of_updates> readers;
};

}  // namespace

TEST_CASE("random tokens read what a plain model says, live and replayed") {
    auto const seed = GENERATE(1u, 2u, 3u, 4u, 5u, 6u);
    INFO("seed " << seed);
    random_hub hub(seed);
    for (int i = 0; i < 120; ++i) {
        hub.publish_one();
        if (hub.by.one_in(4)) hub.join();
    }
    hub.publish("topic=last&data=last");
    REQUIRE(hub.readers.size() > 10);
    for (auto& each : hub.readers) hub.check(each);
}
