#include "commands.hpp"
#include "parse_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <functional>
#include <map>

int main(int argc, char** argv) {
    std::map<std::string, std::function<int(bench::options const&)>> const commands{
        {"fanout", bench::run_fanout},   {"burst", bench::run_burst},   {"idle", bench::run_idle},
        {"connect", bench::run_connect}, {"fibers", bench::run_fibers},
    };
    std::signal(SIGPIPE, SIG_IGN);  // a server that dies is an error to report, not our death
    try {
        int status = 0;
        for (auto const& settings : bench::parse_options(argc, argv, status)) {
            status = std::max(status, commands.at(settings.command)(settings));
        }
        return status;
    } catch (std::exception const& error) {
        fmt::print(stderr, "fibercast-bench: {}\n", error.what());
        return 1;
    }
}
