#include "parse_options.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <map>

namespace bench {
namespace {

namespace fs = std::filesystem;

// Looks beside this program, then in the folder above.
std::string sibling(std::string const& program) {
    auto const folder = fs::read_symlink("/proc/self/exe").parent_path();
    for (auto const& place : {folder / program, folder.parent_path() / program}) {
        if (fs::exists(place)) return fs::proximate(place).string();
    }
    return (folder / program).string();
}

/// Puts the commands of the servers we know in place of their names.
std::string command_of(std::string const& server) {
    // "./": without a slash, exec would search PATH
    auto const path = [](std::string const& program) {
        auto const found = sibling(program);
        return found.find('/') == std::string::npos ? "./" + found : found;
    };
    if (server == "none") return {};
    if (server == "floor") return path("floor-server") + " --port {port}";
    if (server == "fibercast")
        return path("fibercast") + " --port {port} --workers 1 --overflow block";
    return server;
}

void add_milliseconds(CLI::App& app, std::string const& name, std::chrono::milliseconds& target,
                      std::string const& help) {
    std::map<std::string, int> const units{{"ms", 1}, {"s", 1'000}, {"min", 60'000}};
    auto* option = app.add_option_function<int>(
        name, [&](int count) { target = std::chrono::milliseconds{count}; }, help);
    option->transform(CLI::AsNumberWithUnit(units, CLI::AsNumberWithUnit::UNIT_REQUIRED));
    option->default_str(fmt::format("{}s", target.count() / 1000));
}

void add_contest_options(CLI::App& app, options& settings) {
    app.add_option("--server", settings.server,
                   "command line of the server under test, or 'fibercast', or 'floor'");
    app.add_option("--against", settings.against,
                   "the server it takes turns with: a command line, 'floor', or 'none'");
    app.add_option("--clients", settings.clients)->check(CLI::PositiveNumber);
    app.add_option("--rounds", settings.rounds, "turns of each server")->check(CLI::PositiveNumber);
    app.add_option("--server-cores", settings.server_cores, "pin the servers")->delimiter(',');
    app.add_option("--driver-cores", settings.driver_cores, "pin the driver")->delimiter(',');
    add_milliseconds(app, "--timeout", settings.timeout, "give up when a wait takes longer");
}

void add_message_options(CLI::App& app, options& settings) {
    app.add_option("--messages", settings.messages)->check(CLI::PositiveNumber);
    app.add_option("--size", settings.size, "bytes of a message")->check(CLI::Range(10, 500'000));
}

struct subcommand {
    char const* name;
    char const* help;
    int clients;
    int messages;  ///< 0: sends none of its own
};

constexpr subcommand subcommands[] = {
    {"fanout", "CPU per delivered event, one message at a time", 15'000, 20},
    {"burst", "deliveries per second, all messages back to back", 4'000, 200},
    {"idle", "memory per client that only waits", 15'000, 0},
    {"connect", "CPU per connect, connects per second", 15'000, 0},
};

/// Runs in this process, so it has no servers to choose.
void add_fibers(CLI::App& app, options& settings) {
    settings = {.command = "fibers", .server = "none", .against = "none", .rounds = 3};
    auto& sub = *app.add_subcommand("fibers", "memory per waiting fiber, wakes per second");
    sub.add_option("--fibers", settings.fibers)->check(CLI::PositiveNumber);
    sub.add_option("--rounds", settings.rounds)->check(CLI::PositiveNumber);
    sub.add_option("--core", settings.server_cores, "pin to this core");
}

}  // namespace

std::vector<options> parse_options(int argc, char** argv, int& status) {
    CLI::App app{"Measures Server-Sent Events servers on this machine.", "fibercast-bench"};
    app.require_subcommand(0, 1);
    app.footer("Without a subcommand: all of them, one after the other.");
    app.option_defaults()->always_capture_default();
    std::map<std::string, options> settings;  // each subcommand has its own defaults
    for (auto const& [name, help, clients, messages] : subcommands) {
        auto& own = settings[name];
        own = {.command = name, .server = "fibercast", .against = "floor"};
        own.clients = clients;
        own.messages = messages;
        auto& sub = *app.add_subcommand(name, help);
        add_contest_options(sub, own);
        if (messages > 0) add_message_options(sub, own);
        if (std::string_view{name} == "idle")
            add_milliseconds(sub, "--settle", own.settle, "wait before memory is read");
    }
    add_fibers(app, settings["fibers"]);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        status = app.exit(error);
        return {};
    }
    std::vector<options> chosen;
    for (auto* const sub : app.get_subcommands({})) {
        if (!app.get_subcommands().empty() && !sub->parsed()) continue;
        auto& own = chosen.emplace_back(settings[sub->get_name()]);
        own.server = command_of(own.server);
        own.against = command_of(own.against);
    }
    return chosen;
}

}  // namespace bench
