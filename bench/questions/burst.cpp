// How fast do many messages reach many clients? All are published back to back, or at a rate that
// does not wait for anybody; the clients check that each of them got every message, in order.
#include "contest/server_contest.hpp"
#include "contest/server_readings.hpp"
#include "process/elapsed.hpp"
#include "questions/commands.hpp"

#include <cmath>

namespace bench {
namespace {

/// At the given rate, whatever becomes of the messages before.
void publish_at_rate(server_turn& turn, std::uint32_t first) {
    auto const start = swarm::clock::now();
    for (int i = 0; i < turn.settings.messages; ++i) {
        auto const due = start + std::chrono::nanoseconds{1'000'000'000LL * i / turn.settings.rate};
        turn.publish_at(first + static_cast<std::uint32_t>(i), due);
        turn.display.update("published", i + 1, turn.settings.messages);
    }
}

/// A burst to few clients is over in an instant: so many in a row make a measurement.
int bursts_in(options const& settings) {
    constexpr int enough_deliveries = 1'000'000;
    auto const deliveries = double(settings.clients) * settings.messages;
    return settings.rate > 0 ? 1 : static_cast<int>(std::ceil(enough_deliveries / deliveries));
}

readings measure(server_turn& turn) {
    turn.clients.connect_all();
    auto const count = static_cast<std::uint32_t>(turn.settings.messages);
    std::uint32_t number = 0;
    auto const publish_burst = [&] {
        turn.publish(number + 1, count);
        number += count;
        turn.clients.await_message(number);
    };
    publish_burst();  // warms up what is only used in bursts
    turn.clients.forget_latencies();
    int const bursts = bursts_in(turn.settings);
    cpu_meter const cpu{turn.server.pid()};
    auto const start = swarm::clock::now();
    if (turn.settings.rate > 0) {
        publish_at_rate(turn, number + 1);
        turn.clients.await_message(number + count);
    } else {
        for (int i = 0; i < bursts; ++i) publish_burst();
    }
    auto const elapsed = seconds_since(start);
    double const events = double(turn.settings.clients) * count * bursts;
    readings all{{"deliveries per second", "M/s", events / elapsed / 1e6}};
    cpu.add_to(all, "event", events);
    add_latencies(all, turn.clients.latencies());
    return all;
}

}  // namespace

contest_result run_burst(options const& settings) { return run_server_contest(settings, measure); }

}  // namespace bench
