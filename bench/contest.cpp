#include "contest.hpp"

#include "background_load.hpp"
#include "failure.hpp"
#include "machine.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

namespace bench {
namespace {

constexpr double quiet = 0.05;  // up to this share of others, figures are worth quoting

struct contestant {
    std::string name;
    std::string command;
};

std::string name_of(std::string const& command) {
    auto const program = command.substr(0, command.find(' '));
    auto const name = std::filesystem::path{program}.filename().string();
    return name == "floor-server" ? "floor" : name;
}

std::vector<contestant> contestants_of(options const& settings) {
    std::vector<contestant> all{{name_of(settings.server), settings.server}};
    if (settings.against.empty() || settings.against == settings.server) return all;
    all.push_back({name_of(settings.against), settings.against});
    if (all[0].name == all[1].name) all[1].name += " (2)";
    return all;
}

void print_configuration(options const& settings, std::vector<contestant> const& contestants) {
    print_machine();
    for (auto const& [name, command] : contestants) fmt::print("{:<10} {}\n", name, command);
    fmt::print("cores      server on {}, driver on {}\n", fmt::join(settings.server_cores, ","),
               fmt::join(settings.driver_cores, ","));
    fmt::print("{:<10} {} clients, {} rounds", settings.command, settings.clients, settings.rounds);
    if (settings.messages > 0)
        fmt::print(", {} messages of {} bytes", settings.messages, settings.size);
    fmt::print("\n");
    std::fflush(stdout);
}

std::vector<reading> play_turn(options const& settings, contestant const& contestant,
                               turn_player const& play, delivery_faults& faults) try {
    server_process server{contestant.command, settings.server_cores, settings.timeout};
    swarm clients{{server.port(), settings.clients, settings.timeout}, server.input()};
    try {
        auto readings = play({settings, server, clients});
        faults.lost += clients.faults().lost;
        faults.out_of_order += clients.faults().out_of_order;
        return readings;
    } catch (failure const& error) {
        throw failure{fmt::format("{}\n{}", error.what(), server.last_words())};
    }
} catch (failure const& error) {
    throw failure{fmt::format("{}: {}", contestant.name, error.what())};
}

}  // namespace

std::string broadcast_line(std::uint32_t number, int size) {
    auto const digits = fmt::format("{}", number);
    if (digits.size() >= static_cast<std::size_t>(size)) return "broadcast " + digits + '\n';
    return fmt::format("broadcast {:x<{}}\n", digits + ' ', size);
}

int run_contest(options const& settings, turn_player const& play) {
    auto const contestants = contestants_of(settings);
    make_room_for(settings.clients);
    print_configuration(settings, contestants);
    pin_to(settings.driver_cores);
    background_load const others;
    scoreboard board;
    delivery_faults faults;
    for (int round = 0; round < settings.rounds; ++round) {
        for (auto const& contestant : contestants)
            board.add(contestant.name, play_turn(settings, contestant, play, faults));
    }
    board.print();
    fmt::print("\ndeliveries: {} lost, {} out of order\n", faults.lost, faults.out_of_order);
    fmt::print("other programs took {:.0f}% of the machine meanwhile{}\n", others.share() * 100,
               others.share() > quiet ? ": TOO MUCH, measure again when it is quiet" : "");
    return faults.lost + faults.out_of_order == 0 ? 0 : 1;
}

}  // namespace bench
