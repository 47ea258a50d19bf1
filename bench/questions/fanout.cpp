// What does one delivered event cost? One message at a time, so that nothing can be gathered:
// the next is published only when every client has the one before.
#include "contest/server_contest.hpp"
#include "contest/server_readings.hpp"
#include "questions/commands.hpp"

namespace bench {
namespace {

readings measure(server_turn& turn) {
    turn.clients.connect_all();
    turn.publish_and_wait(1);  // wakes everybody for the first time
    turn.clients.forget_latencies();
    cpu_meter const cpu{turn.server.pid()};
    auto const until_last = turn.publish_one_by_one(2);
    readings all;
    cpu.add_to(all, "event", double(turn.settings.clients) * turn.settings.messages);
    add_latencies(all, turn.clients.latencies());
    all.push_back({"until the last client has it", "ms", until_last.median()});
    return all;
}

}  // namespace

contest_result run_fanout(options const& settings) { return run_server_contest(settings, measure); }

}  // namespace bench
