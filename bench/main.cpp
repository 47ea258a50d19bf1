#include "contest/report.hpp"
#include "parse_options.hpp"
#include "process/interruption.hpp"
#include "questions/commands.hpp"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <functional>
#include <map>

namespace {

using bench::options;

/// One question: asks it, prints the answer, writes it as a file if that is wanted.
int answer(options const& settings,
           std::function<bench::contest_result(options const&)> const& question) {
    if (!settings.json.empty()) bench::check_writable(settings.json);
    bench::print_machine();
    bench::print_configuration(settings);
    auto const result = question(settings);
    bench::print_result(result);
    if (!settings.json.empty()) bench::write_json(settings.json, {result});
    return result.status();
}

int run(options const& settings) {
    std::map<std::string, std::function<bench::contest_result(options const&)>> const questions{
        {"fanout", bench::run_fanout}, {"burst", bench::run_burst},
        {"idle", bench::run_idle},     {"connect", bench::run_connect},
        {"slow", bench::run_slow},     {"scale", bench::run_scale},
        {"fibers", bench::run_fibers}, {"topics", bench::run_topics},
        {"replay", bench::run_replay}, {"patterns", bench::run_patterns},
        {"tokens", bench::run_tokens}, {"compressed", bench::run_compressed},
    };
    if (settings.command == "compare") return bench::run_compare(settings);
    if (settings.command == "drive") return bench::run_drive(settings);
    return answer(settings, questions.at(settings.command));
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);  // a server that dies is an error to report, not our death
    bench::note_interruptions();
    try {
        int status = 0;
        auto const settings = bench::parse_options(argc, argv, status);
        return settings ? run(*settings) : status;
    } catch (bench::interruption const&) {
        return 130;
    } catch (std::exception const& error) {
        fmt::print(stderr, "fibercast-bench: {}\n", error.what());
        return 1;
    }
}
