// What do URL patterns cost? Subscribers of a Mercure hub, by exact topics or by as many distinct
// patterns, in two groups within which every publication reaches as many clients:
//   to all     One publication reaches everybody: all have subscribed to its topic, or by patterns
//              that each are for it, but differ in the names of their groups. Nothing but the
//              question "which of them?" differs.
//   to a few   A publication for each topic, all in one request, each of which reaches its share of
//              the clients: those of one exact topic, or of one pattern. The patterns either begin
//              differently, so that a hub may find those of a topic by that, or all alike.
// A round has as many deliveries in all cases. The one group is not to be compared with the other:
// its publications are as many times more as the topics are.
#include "contest/mercure_hub.hpp"
#include "contest/server_readings.hpp"
#include "process/failure.hpp"
#include "questions/commands.hpp"
#include "questions/topic_messages.hpp"

#include <fmt/format.h>

namespace bench {
namespace {

constexpr char const* book = "https://example.com/books/{n}/1";
constexpr char const* one_book = "https://example.com/books/0/1";

std::string exact(std::string const& topic) { return "match=" + topic; }
std::string pattern(std::string const& text) { return "match_urlpattern=" + text; }

class subscribers {
public:
    explicit subscribers(options& to) : to_{to} {}

    void add(contestant const& server) {
        auto const many = to_.topics;
        auto const by = fmt::format("{} patterns", many);
        add(server, "one exact topic", exact(one_book), 1, one_book);
        add(server, by + " for it", pattern("https://example.com/books/:book{n}/1"), many,
            one_book);
        add(server, fmt::format("{} exact topics", many), exact(book), many, book);
        add(server, by + ", beginnings differ", pattern("https://example.com/books/{n}/:id"), many,
            book);
        add(server, by + ", beginnings alike", pattern("https://example.com/:kind/{n}"), many,
            "https://example.com/books/{n}");
    }

private:
    void add(contestant const& server, std::string const& how, std::string const& query, int spread,
             std::string const& topic) {
        auto who = hub_.subscribed_by(server, query);
        who.name += ", " + how;
        who.topics = spread;
        who.topic = topic;
        to_.contestants.push_back(std::move(who));
    }

    options& to_;
    mercure_hub hub_;
};

/// The contestants of one group have figures of the same names, and so are held against each other.
readings measure(server_turn& turn) {
    auto const reached = turn.settings.clients / turn.who.topics;
    bool const all = turn.who.topic == one_book;
    settle_topics(turn);
    cpu_meter const cpu{turn.server.pid()};
    publish_to_topics_one_by_one(turn);
    readings read;
    cpu.add_to(read, all ? "event to all" : fmt::format("event to {}", reached),
               double(turn.settings.clients) * turn.settings.messages);
    return read;
}

}  // namespace

contest_result run_patterns(options const& settings) {
    if (settings.clients < settings.topics)
        throw failure{"there are more --topics than --clients: nobody would get what is published"};
    auto own = settings;
    own.warm_up = 0;  // it broadcasts
    own.contestants.clear();
    subscribers all{own};
    for (auto const& server : settings.contestants) all.add(server);
    return run_server_contest(own, measure);
}

}  // namespace bench
