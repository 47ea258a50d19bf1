// What does a connect cost? From the first connect() until the last client has the first bytes of
// its stream: 256 under way at a time; then, after all have gone at once, everybody at the same
// moment, as after a restart of a proxy. All have been there once before, unmeasured, so that no
// server pays for its start.
#include "contest/server_contest.hpp"
#include "contest/server_readings.hpp"
#include "process/elapsed.hpp"
#include "process/process_tree.hpp"
#include "questions/commands.hpp"

namespace bench {
namespace {

void measure_disconnect(server_turn& turn, std::size_t files_before, readings& all) {
    double const count = turn.settings.clients;
    cpu_meter const cpu{turn.server.pid()};
    auto const start = swarm::clock::now();
    turn.clients.disconnect_all();
    all.push_back({"mass disconnect, clients closed", "s", seconds_since(start)});
    await_forgotten(turn, files_before);
    all.push_back({"mass disconnect, all forgotten", "s", seconds_since(start)});
    all.push_back({"CPU per disconnect", "us", cpu.server_seconds() * 1e6 / count});
}

readings measure(server_turn& turn) {
    double const count = turn.settings.clients;
    bool const watched = turn.server.pid() != 0;
    auto const files_before = watched ? open_files_of(turn.server.pid()) : 0;
    turn.clients.connect_all();
    turn.clients.disconnect_all();
    if (watched) await_forgotten(turn, files_before);
    readings all;
    cpu_meter const cpu{turn.server.pid()};
    auto start = swarm::clock::now();
    turn.clients.connect_all();
    all.push_back({"connects per second", "1/s", count / seconds_since(start)});
    cpu.add_to(all, "connect", count);
    if (watched)
        measure_disconnect(turn, files_before, all);
    else
        turn.clients.disconnect_all();
    cpu_meter const storm_cpu{turn.server.pid()};
    start = swarm::clock::now();
    turn.clients.connect_all(static_cast<std::size_t>(turn.settings.clients));
    all.push_back({"storm of all at once, served", "s", seconds_since(start)});
    if (watched)
        all.push_back(
            {"CPU per connect in the storm", "us", storm_cpu.server_seconds() * 1e6 / count});
    return all;
}

}  // namespace

contest_result run_connect(options const& settings) {
    return run_server_contest(settings, measure);
}

}  // namespace bench
