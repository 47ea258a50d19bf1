// What does one delivered event cost? One message at a time, so that nothing can be gathered:
// the next is published only when every client has the one before.
#include "contest/server_readings.hpp"
#include "questions/commands.hpp"

namespace bench {
namespace {

double milliseconds_since(swarm::clock::time_point start) {
    return std::chrono::duration<double, std::milli>(swarm::clock::now() - start).count();
}

readings measure(server_turn& turn) {
    turn.clients.connect_all();
    std::uint32_t number = 1;
    turn.publish_and_wait(number);  // wakes everybody for the first time
    turn.clients.forget_latencies();
    samples until_last;
    cpu_meter const cpu{turn.server.pid()};
    for (int i = 0; i < turn.settings.messages; ++i) {
        auto const start = swarm::clock::now();
        turn.publish_and_wait(++number);
        until_last.add(milliseconds_since(start));
        turn.display.update("published", i + 1, turn.settings.messages);
    }
    readings all;
    double const readers = turn.settings.clients - turn.who.never_reading;
    cpu.add_to(all, "event", readers * turn.settings.messages);
    add_latencies(all, turn.clients.latencies());
    all.push_back({"until the last client has it", "ms", until_last.median()});
    return all;
}

}  // namespace

contest_result run_fanout(options const& settings) { return run_server_contest(settings, measure); }

}  // namespace bench
