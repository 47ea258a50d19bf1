// Whom does a client hurt that is stuck? As `fanout`, but some clients never read: their kernel
// buffers fill, then their channels, then the overflow policy strikes.
#include "contest/server_contest.hpp"
#include "contest/server_readings.hpp"
#include "process/failure.hpp"
#include "process/memory_use.hpp"
#include "process/process_tree.hpp"
#include "questions/commands.hpp"

namespace bench {
namespace {

readings measure(server_turn& turn) {
    auto const server = turn.server.pid();
    if (server == 0) throw failure{"memory can be read of a known process only: give its --pid"};
    turn.clients.connect_all();
    turn.publish_and_wait(1);
    turn.clients.forget_latencies();
    auto const files_before = open_files_of(server);
    auto const memory_before = memory_use_of(server);
    cpu_meter const cpu{server};
    turn.publish_one_by_one(2);
    readings all;
    add_latencies(all, turn.clients.latencies());
    double const readers = turn.settings.clients - turn.who.never_reading;
    cpu.add_to(all, "event", readers * turn.settings.messages);
    auto const added = memory_use_of(server) - memory_before;
    auto const gone =
        static_cast<double>(files_before) - static_cast<double>(open_files_of(server));
    all.push_back({"memory (PSS) added", "MiB", added.pss / (1 << 20)});
    all.push_back({"TCP buffers added", "MiB", added.tcp_buffers / (1 << 20)});
    all.push_back({"clients cut off", "", gone});
    return all;
}

/// Every server again with clients that never read; ours with each of its policies.
std::vector<contestant> with_slow_clients(options const& settings) {
    int const slow = static_cast<int>(settings.clients * settings.slow_share);
    std::vector<contestant> all;
    for (auto const& server : settings.contestants) {
        auto const add = [&](std::string const& suffix, std::string const& option, int count) {
            auto& copy = all.emplace_back(server);
            copy.name += suffix;
            copy.command += option;
            copy.never_reading = count;
        };
        add(", all read", "", 0);
        if (server.name != "fibercast") {
            add(", some never", "", slow);
            continue;
        }
        for (std::string const policy : {"disconnect", "drop-oldest", "drop-newest", "block"})
            add(", " + policy, " --overflow " + policy, slow);
    }
    return all;
}

}  // namespace

contest_result run_slow(options const& settings) {
    auto own = settings;
    own.contestants = with_slow_clients(settings);
    return run_server_contest(own, measure);
}

}  // namespace bench
