#include "questions/topic_messages.hpp"

#include "contest/message_text.hpp"
#include "process/elapsed.hpp"
#include "process/failure.hpp"

#include <boost/algorithm/string/replace.hpp>

namespace bench {
namespace {

constexpr std::uint32_t settling = 5;  // messages that are not measured

}  // namespace

void publish_to_topics(server_turn& turn, std::uint32_t number) {
    auto const text = message_text(number, turn.settings.size);
    turn.clients.expect(number, swarm::clock::now());
    auto* const publisher = turn.server.publisher();
    if (!publisher) throw failure{"a server that runs already has no stdin: give --publish URL"};
    bool const many = turn.who.topic.find("{n}") != std::string::npos;
    for (int i = 0; i < (many ? turn.who.topics : 1); ++i)
        publisher->publish_to(
            boost::algorithm::replace_all_copy(turn.who.topic, "{n}", std::to_string(i)), text);
    publisher->go_on();
    turn.clients.await_message(number);
}

void settle_topics(server_turn& turn) {
    turn.clients.connect_all();
    for (std::uint32_t number = 1; number <= settling; ++number) publish_to_topics(turn, number);
    turn.clients.forget_latencies();
}

samples publish_to_topics_one_by_one(server_turn& turn) {
    samples milliseconds;
    for (int i = 0; i < turn.settings.messages; ++i) {
        auto const start = swarm::clock::now();
        publish_to_topics(turn, settling + 1 + static_cast<std::uint32_t>(i));
        milliseconds.add(seconds_since(start) * 1e3);
        turn.display.update("published", i + 1, turn.settings.messages);
    }
    return milliseconds;
}

}  // namespace bench
