// What does a connect cost? From the first connect() until the last client has its first event.
#include "commands.hpp"
#include "contest.hpp"
#include "cpu_time.hpp"

namespace bench {
namespace {

std::vector<reading> measure(turn const& turn) {
    auto const server_before = cpu_time_of(turn.server.pid());
    auto const driver_before = own_cpu_time();
    auto const start = std::chrono::steady_clock::now();
    turn.clients.connect_all();
    std::chrono::duration<double> const elapsed = std::chrono::steady_clock::now() - start;
    auto const server = cpu_time_of(turn.server.pid()) - server_before;
    auto const driver = own_cpu_time() - driver_before;
    double const connects = turn.settings.clients;
    auto const per_connect = [=](cpu_time::duration cpu) { return cpu.count() * 1e6 / connects; };
    return {{"CPU per connect", "us", per_connect(server.total)},
            {"  of it user", "us", per_connect(server.user)},
            {"  of it system", "us", per_connect(server.system)},
            {"connects per second", "1/s", connects / elapsed.count()},
            {"driver's CPU per connect", "us", per_connect(driver)}};
}

}  // namespace

int run_connect(options const& settings) { return run_contest(settings, measure); }

}  // namespace bench
