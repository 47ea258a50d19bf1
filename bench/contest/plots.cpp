#include "contest/plots.hpp"

#include "process/command_output.hpp"
#include "process/failure.hpp"

#include <algorithm>
#include <fstream>

namespace bench {
namespace {

namespace fs = std::filesystem;

constexpr char const* common_style = R"(
set terminal svg size 760,360 font 'sans-serif,13' background '#ffffff'
set border 3 lc rgb '#666666'
set tics nomirror tc rgb '#333333'
set grid y lc rgb '#dddddd' lt 1
)";

constexpr int our_colour = 0xc8602d;
constexpr int colour = 0x3a6ea5;

struct bar_chart {
    char const* file;
    char const* question;
    char const* figure;
    char const* title;
};

constexpr bar_chart bar_charts[] = {
    {"fanout.svg", "fanout", "CPU per event", "CPU per delivered event (us), lower is better"},
    {"latency.svg", "fanout", "latency p99", "p99 delivery latency (ms), lower is better"},
    {"burst.svg", "burst to 5000", "deliveries per second",
     "Burst to 5,000 clients, deliveries per second (millions), higher is better"},
    {"connect.svg", "connect", "CPU per connect", "CPU per connect (us), lower is better"},
    {"memory.svg", "idle", "memory (PSS) per client",
     "Memory per idle client (KiB), lower is better"},
    {"wakes.svg", "fibers", "woken", "Fibers woken per second (millions), higher is better"},
};

contest_result const* find(std::vector<contest_result> const& results, std::string_view question) {
    auto const found = std::ranges::find(results, question, &contest_result::question);
    return found == results.end() ? nullptr : &*found;
}

scoreboard::figure const* find(contest_result const& result, std::string_view figure) {
    auto const& all = result.board.figures();
    auto const found = std::ranges::find(all, figure, &scoreboard::figure::name);
    return found == all.end() ? nullptr : &*found;
}

/// gnuplot reads the data from the script itself.
std::string data_block(std::string const& lines) { return "$data << END\n" + lines + "END\n"; }

std::string bars_script(bar_chart const& chart, scoreboard::figure const& figure) {
    std::string lines;
    for (auto const& [contestant, values] : figure.rows)
        lines += fmt::format("\"{}\" {} {} {} {}\n", contestant, values.median(), values.min(),
                             values.max(), contestant == "fibercast" ? our_colour : colour);
    return data_block(lines) + common_style +
           fmt::format(R"(set title '{}'
set style fill solid 0.85 noborder
set boxwidth 0.6
set yrange [0:*]
unset key
plot $data using 0:2:5:xtic(1) with boxes lc rgb variable, \
     $data using 0:3:(0):($4-$3) with vectors nohead lw 2 lc rgb '#222222', \
     $data using 0:4:(sprintf('%.3g', $2)) with labels offset 0,0.8
)",
                       chart.title);
}

/// One line for each contestant: how a figure changes with the number in the question's name.
std::string growth_script(std::vector<contest_result> const& results, bool of_fibers) {
    std::string lines;
    for (auto const& result : results) {
        auto const& name = result.question;
        if (of_fibers ? !name.ends_with(" fibers") : !name.starts_with("fanout to ")) continue;
        auto const* const ours =
            result.board.find(of_fibers ? "woken" : "CPU per event", "fibercast");
        auto const* const floor = result.board.find("CPU per event", "floor");
        if (!ours || (!of_fibers && !floor)) continue;
        // A wake's time in nanoseconds, so that in both plots a flat line is the good one.
        auto const value = of_fibers ? 1e3 / ours->median() : ours->median();
        lines +=
            fmt::format("{} {} {}\n", of_fibers ? result.settings.fibers : result.settings.clients,
                        value, floor ? floor->median() : value);
    }
    if (lines.empty()) return {};
    auto const plots = of_fibers
                           ? "plot $data using 1:2 with linespoints lw 2 pt 7 title 'fibercast'\n"
                           : "plot $data using 1:2 with linespoints lw 2 pt 7 title 'fibercast', "
                             "$data using 1:3 with linespoints lw 2 pt 5 title 'floor'\n";
    return data_block(lines) + common_style +
           fmt::format(
               "set title '{}'\nset xlabel '{}'\nset logscale x\nset xrange "
               "[{}]\nset yrange [0:*]\n{}",
               of_fibers ? "Time per wake (ns) as fibers grow"
                         : "CPU per delivered event (us) as clients grow",
               of_fibers ? "fibers" : "clients", of_fibers ? "5e3:2e6" : "500:3e4", plots);
}

bool draw(fs::path const& file, std::string const& script) {
    auto const script_file = fs::temp_directory_path() / fmt::format("{}.gp", file.stem().string());
    std::ofstream{script_file} << fmt::format("set output '{}'\n", file.string()) << script;
    auto const result = run_command({"gnuplot", script_file.string()});
    fs::remove(script_file);
    if (result.status == 127) return false;  // a shell's "not found"
    if (result.status != 0) throw failure{"gnuplot: " + result.output};
    return true;
}

}  // namespace

std::vector<plot> draw_plots(fs::path const& folder, std::vector<contest_result> const& results) {
    std::vector<std::pair<plot, std::string>> scripts;
    for (auto const& chart : bar_charts) {
        auto const* const result = find(results, chart.question);
        auto const* const figure = result ? find(*result, chart.figure) : nullptr;
        if (figure) scripts.push_back({{chart.file, chart.title}, bars_script(chart, *figure)});
    }
    for (bool const of_fibers : {false, true}) {
        auto script = growth_script(results, of_fibers);
        if (script.empty()) continue;
        scripts.push_back({{of_fibers ? "fiber-growth.svg" : "client-growth.svg",
                            of_fibers ? "Time per wake as fibers grow"
                                      : "CPU per delivered event as clients grow"},
                           std::move(script)});
    }
    std::vector<plot> drawn;
    for (auto const& [plot, script] : scripts) {
        if (!draw(folder / plot.file, script)) return {};
        drawn.push_back(plot);
    }
    return drawn;
}

}  // namespace bench
