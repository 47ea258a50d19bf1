// What do topics cost? As `fanout`, but each client has subscribed to one of many topics, and a
// message is published to each of them: as many deliveries as with one topic, in many publications.
#include "contest/message_text.hpp"
#include "contest/server_contest.hpp"
#include "contest/server_readings.hpp"
#include "process/elapsed.hpp"
#include "questions/commands.hpp"

#include <fmt/format.h>
#include <boost/algorithm/string/replace.hpp>

namespace bench {
namespace {

void publish(server_turn& turn, std::uint32_t number) {
    auto const text = message_text(number, turn.settings.size);
    turn.clients.expect(number, swarm::clock::now());
    auto* const publisher = turn.server.publisher();
    for (int i = 0; i < turn.who.topics; ++i) publisher->publish_to(fmt::format("t{}", i), text);
    publisher->go_on();
    turn.clients.await_message(number);
}

/// Topics are published by lines of JSON in one request, as a busy publisher does it.
contestant with_admin_address(contestant server) {
    if (server.name != "fibercast") return server;
    boost::algorithm::replace_all(server.command, "--admin off", "--admin 127.0.0.1:{admin}");
    server.publish = "http://127.0.0.1:{admin}/publish";
    return server;
}

readings measure(server_turn& turn) {
    turn.clients.connect_all();
    publish(turn, 1);  // wakes everybody for the first time
    turn.clients.forget_latencies();
    cpu_meter const cpu{turn.server.pid()};
    samples milliseconds;
    for (int i = 0; i < turn.settings.messages; ++i) {
        auto const start = swarm::clock::now();
        publish(turn, static_cast<std::uint32_t>(i + 2));
        milliseconds.add(seconds_since(start) * 1e3);
        turn.display.update("published", i + 1, turn.settings.messages);
    }
    readings all;
    cpu.add_to(all, "event", double(turn.settings.clients) * turn.settings.messages);
    add_latencies(all, turn.clients.latencies());
    all.push_back({"until the last client has it", "ms", milliseconds.median()});
    return all;
}

}  // namespace

contest_result run_topics(options const& settings) {
    auto own = settings;
    own.warm_up = 0;  // it broadcasts
    own.contestants.clear();
    for (auto const& server : settings.contestants) {
        for (int const topics : {1, settings.topics}) {
            auto& copy = own.contestants.emplace_back(with_admin_address(server));
            copy.name += topics == 1 ? ", one topic" : fmt::format(", {} topics", topics);
            copy.url += "?topic=t{n}";
            copy.topics = topics;
        }
    }
    return run_server_contest(own, measure);
}

}  // namespace bench
