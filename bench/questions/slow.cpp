// Whom does a client hurt that is slow? As `fanout`, but some clients read a part of what is
// published, or never: their kernel buffers fill, then their channels, then the overflow policy
// strikes. Those that read a part hurry at the end: what they have missed then is lost.
#include "clients/slow_readers.hpp"
#include "contest/server_contest.hpp"
#include "contest/server_readings.hpp"
#include "process/elapsed.hpp"
#include "process/failure.hpp"
#include "process/memory_use.hpp"
#include "process/process_tree.hpp"
#include "questions/commands.hpp"

namespace bench {
namespace {

constexpr double mebibyte = 1 << 20;
constexpr std::uint32_t settling = 10;  // messages until each client has all memory that it needs

/// At the rate of the settings, or each when all others have the one before.
void publish(server_turn& turn, slow_readers& slow, std::uint32_t first, std::uint32_t last) {
    auto const rate = turn.settings.rate;
    auto due = swarm::clock::now();
    for (auto number = first; number <= last; ++number) {
        slow.keep_up_with(number - 1, turn.settings.slow_rate);
        if (rate > 0)
            turn.publish_at(number, due += std::chrono::nanoseconds{1'000'000'000} / rate);
        else
            turn.publish_and_wait(number);
        turn.display.update("published", static_cast<int>(number), static_cast<int>(last));
    }
    turn.clients.await_message(last);
}

void add_slow_ones(readings& all, slow_readers& slow, std::uint32_t last) {
    auto const start = swarm::clock::now();
    slow.read_up_to(last);
    auto const took = seconds_since(start);
    auto const& faults = slow.faults();
    auto const add = [&](std::string figure, double value) {
        all.push_back({"slow ones: " + figure, "", value});
    };
    add("events lost", static_cast<double>(faults.lost));
    add("events lost silently", static_cast<double>(faults.lost_silently));
    add("gaps announced", static_cast<double>(faults.gaps));
    add("cut off", slow.cut_off());
    all.push_back({"slow ones: then had all after", "s", took});
}

readings measure(server_turn& turn) {
    auto const server = turn.server.pid();
    if (server == 0) throw failure{"memory can be read of a known process only: give its --pid"};
    slow_readers slow{turn.server.target(), turn.who.apart, turn.settings.timeout};
    turn.clients.connect_all();
    publish(turn, slow, 1, settling);
    turn.clients.forget_latencies();
    auto const files_before = open_files_of(server);
    auto const memory_before = memory_use_of(server);
    cpu_meter const cpu{server};
    auto const last = settling + static_cast<std::uint32_t>(turn.settings.messages);
    publish(turn, slow, settling + 1, last);
    readings all;
    add_latencies(all, turn.clients.latencies());
    double const others = turn.settings.clients - turn.who.apart;
    cpu.add_to(all, "event", others * turn.settings.messages);
    auto const added = memory_use_of(server) - memory_before;
    auto const gone =
        static_cast<double>(files_before) - static_cast<double>(open_files_of(server));
    all.push_back({"memory (PSS) before", "MiB", memory_before.pss / mebibyte});
    all.push_back({"memory (PSS) added", "MiB", added.pss / mebibyte});
    all.push_back({"TCP buffers added", "MiB", added.tcp_buffers / mebibyte});
    all.push_back({"clients cut off", "", gone});
    if (turn.who.apart > 0 && turn.settings.slow_rate > 0) add_slow_ones(all, slow, last);
    return all;
}

std::vector<std::string> policies(options const& settings) {
    if (!settings.policies.empty()) return settings.policies;
    if (settings.slow_rate > 0) return {"catch-up"};
    return {"disconnect", "drop-oldest", "drop-newest", "block", "catch-up"};
}

/// Every server again with slow clients; ours with each of its policies.
std::vector<contestant> with_slow_clients(options const& settings) {
    int const slow = static_cast<int>(settings.clients * settings.slow_share);
    std::vector<contestant> all;
    for (auto const& server : settings.contestants) {
        auto const add = [&](std::string const& suffix, std::string const& option, int count) {
            auto& copy = all.emplace_back(server);
            copy.name += suffix;
            copy.command += option;
            copy.apart = count;
        };
        add(", all read", "", 0);
        if (server.name != "fibercast") {
            add(settings.slow_rate > 0 ? ", some slowly" : ", some never", "", slow);
            continue;
        }
        for (auto const& policy : policies(settings))
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
