#include "contest/comparison_files.hpp"

#include "contest/plots.hpp"
#include "contest/report.hpp"
#include "process/failure.hpp"
#include "process/machine.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace bench {
namespace {

namespace fs = std::filesystem;

std::string today() {
    auto const now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    return fmt::format("{:%Y-%m-%d}", fmt::gmtime(now));
}

std::vector<std::string> contestants_of(scoreboard const& board) {
    std::vector<std::string> names;
    for (auto const& figure : board.figures()) {
        for (auto const& row : figure.rows) {
            if (std::ranges::count(names, row.contestant) == 0) names.push_back(row.contestant);
        }
    }
    return names;
}

std::string cell(samples const* values) {
    if (!values) return "";
    return fmt::format("{} ({} to {})", format_value(values->median()), format_value(values->min()),
                       format_value(values->max()));
}

std::string settings_line(contest_result const& result) {
    auto const& s = result.settings;
    auto text = s.command == "fibers" ? fmt::format("{} fibers", s.fibers)
                                      : fmt::format("{} clients", s.clients);
    if (s.messages > 0) text += fmt::format(", {} messages of {} bytes", s.messages, s.size);
    text += fmt::format(", {} rounds", result.rounds_done);
    if (s.messages > 0) text += "; nothing lost, all in order";
    return fmt::format("{}; other programs took {:.0f}% of the machine.", text,
                       result.others_share * 100);
}

std::string section(contest_result const& result) {
    auto const names = contestants_of(result.board);
    auto text = fmt::format("\n## {}\n\n{}\n\n| median (min to max) | unit |", result.question,
                            settings_line(result));
    for (auto const& name : names) text += fmt::format(" {} |", name);
    text += "\n|---|---|";
    for (std::size_t i = 0; i < names.size(); ++i) text += "---|";
    text += '\n';
    for (auto const& figure : result.board.figures()) {
        text += fmt::format("| {} | {} |", figure.name, figure.unit);
        for (auto const& name : names)
            text += fmt::format(" {} |", cell(result.board.find(figure.name, name)));
        text += '\n';
    }
    if (result.interrupted) text += "\nInterrupted: the last round is not whole.\n";
    for (auto const& failed : result.failed)
        text += fmt::format("\nNot finished: {}\n", failed.substr(0, failed.find('\n')));
    return text;
}

std::string head(options const& settings) {
    auto text = fmt::format(
        "# Results\n\nWritten by `fibercast-bench compare` on {}; "
        "[how to read and to repeat them](../benchmarks.md).\n\n"
        "Machine: {}. Server on core {}, clients on core {}.\n\n| | version |\n|---|---|\n",
        today(), describe_machine(), fmt::join(settings.server_cores, ","),
        fmt::join(settings.driver_cores, ","));
    for (auto const& who : settings.contestants)
        text += fmt::format("| {} | {} |\n", who.name, who.version);
    if (!settings.questions.empty())
        text += fmt::format("\nOnly a part: {}.\n", fmt::join(settings.questions, ", "));
    for (auto const& skipped : settings.skipped)
        text += fmt::format("\nSkipped: {}\n", skipped.substr(0, skipped.find('\n')));
    return text;
}

}  // namespace

void prepare_comparison(options const& settings) {
    std::error_code error;
    fs::create_directories(settings.output, error);
    check_writable(fs::path{settings.output} / "results.json");
}

void write_comparison(options const& settings, std::vector<contest_result> const& results) {
    fs::path const folder = settings.output;
    write_json(folder / "results.json", results);
    auto const plots = draw_plots(folder, results);
    std::ofstream readme{folder / "README.md"};
    readme << head(settings);
    for (auto const& plot : plots) readme << fmt::format("\n![{}]({})\n", plot.title, plot.file);
    for (auto const& result : results) readme << section(result);
    if (!readme.flush())
        throw failure{fmt::format("cannot write {}", (folder / "README.md").string())};
}

}  // namespace bench
