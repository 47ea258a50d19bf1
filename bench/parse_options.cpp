#include "parse_options.hpp"

#include "process/machine.hpp"
#include "server_choice.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <map>

namespace bench {
namespace {

constexpr int full_history = 1'000;  // it grows no more

void add_milliseconds(CLI::App& app, std::string const& name, std::chrono::milliseconds& target,
                      std::string const& help) {
    std::map<std::string, int> const units{{"ms", 1}, {"s", 1'000}, {"min", 60'000}};
    auto* option = app.add_option_function<int>(
        name, [&](int count) { target = std::chrono::milliseconds{count}; }, help);
    option->transform(CLI::AsNumberWithUnit(units, CLI::AsNumberWithUnit::UNIT_REQUIRED));
    option->default_str(fmt::format("{}s", target.count() / 1000));
}

void add_common_options(CLI::App& app, options& own) {
    app.add_option("--rounds", own.rounds, "turns of each contestant")->check(CLI::PositiveNumber);
    app.add_option("--server-cores", own.server_cores, "pin the servers")->delimiter(',');
    app.add_option("--driver-cores", own.driver_cores, "pin the driver")->delimiter(',');
    app.add_flag_callback(
        "--no-pinning", [&] { own.server_cores = own.driver_cores = {}; },
        "leave it to the kernel where they run");
    add_milliseconds(app, "--timeout", own.timeout, "give up when a wait takes longer");
    app.add_option("--json", own.json, "write all figures of all rounds to this file");
}

void add_message_options(CLI::App& app, options& own) {
    app.add_option("--messages", own.messages)->check(CLI::PositiveNumber);
    app.add_option("--size", own.size, "bytes of a message")->check(CLI::Range(10, 500'000));
}

void add_slow_options(CLI::App& app, options& own) {
    app.add_option("--slow-share", own.slow_share, "of the clients are slow")
        ->check(CLI::Range(0.0, 1.0));
    app.add_option("--slow-rate", own.slow_rate,
                   "of what is published they read meanwhile; 0: they never read at all")
        ->check(CLI::Range(0.0, 1.0));
    app.add_option("--overflow", own.policies,
                   "policies of ours; without it, catch-up, and all where they never read")
        ->delimiter(',');
}

void add_compressed_options(CLI::App& app, options& own) {
    own.rate = 10;
    app.add_option("--rate", own.rate, "messages in a second, if the server keeps up")
        ->check(CLI::PositiveNumber);
    app.add_option("--changed", own.changed, "share of the rows, from one message to the next")
        ->check(CLI::Range(0.0, 1.0));
    app.add_option("--codings", own.codings, "only these: gzip, br, zstd")->delimiter(',');
}

void add_own_options(CLI::App& app, options& own) {
    if (own.command == "burst" || own.command == "slow")
        app.add_option("--rate", own.rate, "messages in a second; 0: as soon as may be")
            ->check(CLI::NonNegativeNumber);
    if (own.command == "slow") add_slow_options(app, own);
    if (own.command == "topics" || own.command == "patterns")
        app.add_option("--topics", own.topics, "the clients are spread over so many")
            ->check(CLI::PositiveNumber);
    if (own.command == "compressed") add_compressed_options(app, own);
    if (own.command == "tokens")
        app.add_option("--own-topics", own.own_topics, "of a client's three")
            ->check(CLI::Range(0, 2));
    if (own.command == "replay")
        app.add_option("--missed", own.missed, "messages that those who come back have missed")
            ->check(CLI::PositiveNumber);
    if (own.command == "idle" || own.command == "tokens" || own.command == "scale")
        add_milliseconds(app, "--settle", own.settle, "wait before memory is read");
    if (own.command == "idle")
        add_milliseconds(app, "--rest", own.rest, "how long CPU at rest is watched");
    if (own.command == "scale") {
        app.add_option("--processes", own.processes, "servers, and as many drivers")
            ->check(CLI::PositiveNumber);
        app.add_option("--first-port", own.first_port, "of the servers, one each")
            ->check(CLI::Range(1, 65'535));
    }
}

struct subcommand {
    char const* name;
    char const* help;
    int clients;
    int messages;  ///< 0: sends none of its own
    int size;
    std::vector<std::string> servers;
};

std::vector<subcommand> const subcommands = {
    {"fanout",
     "CPU and latency per event, one message at a time",
     15'000,
     20,
     32,
     {"fibercast", "floor"}},
    {"burst",
     "deliveries per second, messages back to back or at a rate",
     4'000,
     200,
     32,
     {"fibercast", "floor", "floor-gathered"}},
    {"connect", "CPU per connect, mass disconnect, storm", 15'000, 0, 32, {"fibercast", "floor"}},
    {"idle",
     "memory per client that only waits, CPU of heartbeats",
     15'000,
     0,
     32,
     {"fibercast", "floor"}},
    {"slow", "what clients that hardly read do to the others", 5'000, 800, 1'000, {"fibercast"}},
    {"topics", "CPU per event when each topic has few clients", 15'000, 20, 32, {"fibercast"}},
    {"patterns",
     "CPU per event when subscribers have URL patterns (Mercure)",
     15'000,
     20,
     32,
     {"fibercast"}},
    {"tokens",
     "memory and CPU per subscriber with a token (Mercure)",
     15'000,
     0,
     32,
     {"fibercast"}},
    {"replay",
     "all come back at once with ids of what they have had",
     16'000,
     0,
     32,
     {"fibercast"}},
    {"compressed",
     "bytes and CPU per event when pages get HTML compressed",
     5'000,
     30,
     10'000,
     {"fibercast"}},
    {"scale", "more clients than one process may have", 200'000, 10, 32, {"fibercast"}},
};

void add_subcommand(CLI::App& app, subcommand const& what, options& own, server_choice& choice) {
    own.command = what.name;
    own.clients = what.clients;
    own.messages = what.messages;
    own.size = what.size;
    choice.servers = what.servers;
    auto& sub = *app.add_subcommand(what.name, what.help);
    add_server_options(sub, own, choice);
    if (own.command == "idle") own.warm_up = 0;  // it would be counted as the server's own memory
    if (own.command == "slow" || own.command == "replay") own.warm_up = full_history;
    if (own.command != "scale") {
        add_url_options(sub, choice);
        sub.add_option("--warm-up", own.warm_up, "messages to a few clients before anything else")
            ->check(CLI::NonNegativeNumber);
    }
    if (what.messages > 0) add_message_options(sub, own);
    add_own_options(sub, own);
    add_common_options(sub, own);
}

/// No sockets, so no clients.
void add_fibers(CLI::App& app, options& own, server_choice& choice) {
    own.command = "fibers";
    own.clients = 0;
    choice.servers = {"fibercast", "fibercast-compact"};
    auto& sub = *app.add_subcommand("fibers", "memory per waiting fiber, wakes per second");
    sub.add_option("--server", choice.servers,
                   "who takes turns: fibercast, fibercast-compact, go, java")
        ->allow_extra_args(false);
    sub.add_option("--fibers", own.fibers)->check(CLI::PositiveNumber);
    sub.add_option("--peers", choice.peers, "folder of the peers");
    add_common_options(sub, own);
}

void add_compare(CLI::App& app, options& own, server_choice& choice) {
    own.command = "compare";
    own.output = FIBERCAST_BENCH_RESULTS;
    choice.servers = {"fibercast", "fibercast-compact", "floor", "floor-gathered"};
    auto& sub = *app.add_subcommand("compare", "every question, every peer; writes the results");
    sub.add_option("--clients", own.clients)->check(CLI::PositiveNumber);
    sub.add_option("--fibers", own.fibers)->check(CLI::PositiveNumber);
    sub.add_option("--peers", choice.peers, "folder of the peers");
    sub.add_option("--output", own.output, "folder that the results are written to");
    sub.add_option("--questions", own.questions, "only these")->delimiter(',');
    add_common_options(sub, own);
}

void add_drive(CLI::App& app, options& own) {
    own.command = "drive";
    auto& sub = *app.add_subcommand("drive", "clients alone, commanded on stdin (for scale)");
    sub.add_option("--url", own.url)->required();
    sub.add_option("--clients", own.clients)->check(CLI::PositiveNumber);
    sub.add_option("--first-source", own.first_source, "127.0.0.N, if the server is on loopback");
    add_milliseconds(sub, "--timeout", own.timeout, "give up when a wait takes longer");
}

}  // namespace

std::optional<options> parse_options(int argc, char** argv, int& status) {
    CLI::App app{"Measures Server-Sent Events servers on this machine.", "fibercast-bench"};
    app.require_subcommand(1);
    app.option_defaults()->always_capture_default();
    std::map<std::string, options> settings;  // each subcommand has its own defaults
    std::map<std::string, server_choice> choices;
    auto const cores = allowed_cores();
    auto const fresh = [&](std::string const& name) -> options& {
        auto& own = settings[name];
        own.all_cores = cores;
        if (cores.size() > 1) {
            own.server_cores = {cores[0]};
            own.driver_cores = {cores[1]};
        }
        return own;
    };
    for (auto const& what : subcommands)
        add_subcommand(app, what, fresh(what.name), choices[what.name]);
    add_fibers(app, fresh("fibers"), choices["fibers"]);
    add_compare(app, fresh("compare"), choices["compare"]);
    add_drive(app, fresh("drive"));
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        status = app.exit(error);
        return std::nullopt;
    }
    auto const* const chosen = app.get_subcommands().front();
    auto& own = settings[chosen->get_name()];
    auto const* const servers = chosen->get_option_no_throw("--server");
    find_contestants(own, choices[chosen->get_name()], servers && servers->count() > 0);
    return own;
}

}  // namespace bench
