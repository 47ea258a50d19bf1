// How fast do many messages reach many clients? All are published back to back, or at a rate that
// does not wait for anybody; the clients check that each of them got every message, in order.
#include "contest/server_readings.hpp"
#include "questions/commands.hpp"

namespace bench {
namespace {

/// At the given rate, whatever becomes of the messages before: latencies count from the time when
/// a message was due, so that a server that falls behind cannot hide it.
void publish_at_rate(server_turn& turn, std::uint32_t first) {
    auto const start = swarm::clock::now();
    for (int i = 0; i < turn.settings.messages; ++i) {
        auto const due = start + std::chrono::nanoseconds{1'000'000'000LL * i / turn.settings.rate};
        turn.clients.linger_until(due);
        auto const number = first + static_cast<std::uint32_t>(i);
        turn.publish(number);
        turn.clients.expect(number, due);
        turn.display.update("published", i + 1, turn.settings.messages);
    }
}

readings measure(server_turn& turn) {
    turn.clients.connect_all();
    std::uint32_t number = 1;
    turn.publish_and_wait(number);  // wakes everybody for the first time
    turn.clients.forget_latencies();
    auto const count = static_cast<std::uint32_t>(turn.settings.messages);
    cpu_meter const cpu{turn.server.pid()};
    auto const start = swarm::clock::now();
    if (turn.settings.rate > 0)
        publish_at_rate(turn, number + 1);
    else
        turn.publish(number + 1, count);
    turn.clients.await_message(number + count);
    std::chrono::duration<double> const elapsed = swarm::clock::now() - start;
    double const events = double(turn.settings.clients) * count;
    readings all{{"deliveries per second", "M/s", events / elapsed.count() / 1e6}};
    cpu.add_to(all, "event", events);
    add_latencies(all, turn.clients.latencies());
    return all;
}

}  // namespace

contest_result run_burst(options const& settings) { return run_server_contest(settings, measure); }

}  // namespace bench
