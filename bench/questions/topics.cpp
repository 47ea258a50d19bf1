// What do topics cost? As `fanout`, but each client has subscribed to one of many topics, and a
// message is published to each of them: as many deliveries as with one topic, in many publications.
#include "contest/server_readings.hpp"
#include "questions/commands.hpp"
#include "questions/topic_messages.hpp"

#include <fmt/format.h>
#include <boost/algorithm/string/replace.hpp>

namespace bench {
namespace {

readings measure(server_turn& turn) {
    settle_topics(turn);
    cpu_meter const cpu{turn.server.pid()};
    auto const milliseconds = publish_to_topics_one_by_one(turn);
    readings all;
    cpu.add_to(all, "event", double(turn.settings.clients) * turn.settings.messages);
    add_latencies(all, turn.clients.latencies());
    all.push_back({"until the last client has it", "ms", milliseconds.median()});
    return all;
}

/// How clients subscribe and publishers publish to one of so many topics.
contestant with_topics(contestant const& server, int topics) {
    auto who = server;
    who.name += topics == 1 ? ", one topic" : fmt::format(", {} topics", topics);
    who.topics = topics;
    who.url = server.topic_url.empty() ? server.url + "?topic={topic}" : server.topic_url;
    boost::algorithm::replace_all(who.url, "{topic}", who.topic);
    if (!server.topic_publish.empty()) who.publish = server.topic_publish;
    boost::algorithm::replace_all(who.command, "--admin off", "--admin 127.0.0.1:{admin}");
    return who;
}

}  // namespace

contest_result run_topics(options const& settings) {
    auto own = settings;
    own.warm_up = 0;  // it broadcasts
    own.contestants.clear();
    for (auto const& server : settings.contestants) {
        own.contestants.push_back(with_topics(server, 1));
        auto const& many = own.contestants.emplace_back(with_topics(server, settings.topics));
        if (server.name != "fibercast") continue;
        // Ours takes many publications in one request; the others, one in each.
        auto each = many;
        each.name += ", a POST each";
        each.publish = "http://127.0.0.1:{admin}/topics/{topic}";
        own.contestants.push_back(std::move(each));
    }
    return run_server_contest(own, measure);
}

}  // namespace bench
