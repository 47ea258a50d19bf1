#include "contest/report.hpp"

#include "contest/overhead.hpp"
#include "process/failure.hpp"
#include "process/machine.hpp"

#include <boost/json.hpp>

#include <cstdio>
#include <fstream>

namespace bench {
namespace {

namespace json = boost::json;

constexpr int overhead_files = 2'000;
constexpr double quiet = 0.05;  // up to this share of others, figures are worth quoting

// Command lines are not part of it: they hold paths of the machine.
json::array contestants_of(options const& settings) {
    json::array all;
    for (auto const& who : settings.contestants)
        all.push_back({{"name", who.name}, {"version", who.version}});
    return all;
}

json::object configuration_of(options const& settings) {
    return {{"clients", settings.clients},
            {"fibers", settings.fibers},
            {"messages", settings.messages},
            {"message_bytes", settings.size},
            {"messages_per_second", settings.rate},
            {"rounds", settings.rounds},
            {"warm_up_messages", settings.warm_up},
            {"slow_share", settings.slow_share},
            {"slow_rate", settings.slow_rate},
            {"topics", settings.topics},
            {"own_topics", settings.own_topics},
            {"missed", settings.missed},
            {"changed_share", settings.changed},
            {"processes", settings.processes},
            {"settle_ms", settings.settle.count()},
            {"rest_ms", settings.rest.count()},
            {"driver_cores", json::value_from(settings.driver_cores)},
            {"server_cores", json::value_from(settings.server_cores)}};
}

json::array figures_of(scoreboard const& board) {
    json::array all;
    for (auto const& [name, unit, rows] : board.figures()) {
        json::array contestants;
        for (auto const& [contestant, values] : rows)
            contestants.push_back({{"contestant", contestant},
                                   {"median", values.median()},
                                   {"min", values.min()},
                                   {"max", values.max()},
                                   {"rounds", json::value_from(values.in_order())}});
        all.push_back({{"figure", name}, {"unit", unit}, {"values", contestants}});
    }
    return all;
}

json::object as_json(contest_result const& result) {
    return {{"question", result.question},
            {"configuration", configuration_of(result.settings)},
            {"contestants", contestants_of(result.settings)},
            {"figures", figures_of(result.board)},
            {"rounds_done", result.rounds_done},
            {"interrupted", result.interrupted},
            {"failed", json::value_from(result.failed)},
            {"other_programs_share", result.others_share}};
}

}  // namespace

void print_machine() {
    fmt::print("machine          {}\n", describe_machine());
    make_room_for(overhead_files);
    auto const own = measure_driver_overhead();
    fmt::print(
        "driver           {:.2f} us for each event that comes alone, {:.3f} us if many come "
        "together\n",
        own.per_event, own.per_gathered_event);
}

void print_configuration(options const& settings) {
    for (auto const& who : settings.contestants)
        fmt::print("{:<16} {}{}{}\n", who.name, who.version, who.version.empty() ? "" : ": ",
                   settings.command == "fibers" ? who.crowd_command : who.command);
    fmt::print("cores            server on {}, driver on {}\n",
               fmt::join(settings.server_cores, ","), fmt::join(settings.driver_cores, ","));
    if (settings.command == "fibers")
        fmt::print("fibers           {}", settings.fibers);
    else
        fmt::print("{:<16} {} clients", settings.command, settings.clients);
    fmt::print(", {} rounds", settings.rounds);
    if (settings.messages > 0)
        fmt::print(", {} messages of {} bytes", settings.messages, settings.size);
    if (settings.rate > 0) fmt::print(", {} in a second", settings.rate);
    fmt::print("\n");
    std::fflush(stdout);
}

void print_result(contest_result const& result) {
    if (!result.board.figures().empty()) result.board.print();
    if (result.interrupted)
        fmt::print("\ninterrupted: {} of {} rounds are whole\n", result.rounds_done,
                   result.settings.rounds);
    for (auto const& each : result.failed) fmt::print("\nFAILED: {}\n", each);
    if (result.settings.messages > 0 && result.failed.empty())
        fmt::print("\ndeliveries: none lost, all in order\n");
    fmt::print("other programs took {:.0f}% of the machine meanwhile{}\n",
               result.others_share * 100,
               result.others_share > quiet ? ": TOO MUCH, measure again when it is quiet" : "");
    std::fflush(stdout);
}

void check_writable(std::filesystem::path const& file) {
    if (!std::ofstream{file, std::ios::app})
        throw failure{fmt::format("cannot write {}", file.string())};
}

void write_json(std::filesystem::path const& file, std::vector<contest_result> const& results) {
    json::array questions;
    for (auto const& result : results) questions.push_back(as_json(result));
    std::ofstream stream{file};
    stream << json::object{{"machine", describe_machine()}, {"questions", questions}} << '\n';
    if (!stream.flush()) throw failure{fmt::format("cannot write {}", file.string())};
}

}  // namespace bench
