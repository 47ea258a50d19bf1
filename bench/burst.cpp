// How fast do many messages reach many clients? All are published back to back; the clients check
// that each of them got every message, in order.
#include "commands.hpp"
#include "contest.hpp"
#include "cpu_time.hpp"

namespace bench {
namespace {

std::string lines_of(options const& settings) {
    std::string lines;
    for (int i = 1; i <= settings.messages; ++i)
        lines += broadcast_line(static_cast<std::uint32_t>(i), settings.size);
    return lines;
}

std::vector<reading> measure(turn const& turn) {
    auto const lines = lines_of(turn.settings);
    turn.clients.connect_all();
    auto const server_before = cpu_time_of(turn.server.pid());
    auto const driver_before = own_cpu_time();
    auto const start = std::chrono::steady_clock::now();
    turn.server.input().write(lines);
    turn.clients.await_message(static_cast<std::uint32_t>(turn.settings.messages));
    std::chrono::duration<double> const elapsed = std::chrono::steady_clock::now() - start;
    auto const server = cpu_time_of(turn.server.pid()) - server_before;
    auto const driver = own_cpu_time() - driver_before;
    double const events = double(turn.settings.clients) * turn.settings.messages;
    return {{"deliveries per second", "M/s", events / elapsed.count() / 1e6},
            {"CPU per event", "us", server.total.count() * 1e6 / events},
            {"driver's CPU per event", "us", driver.count() * 1e6 / events}};
}

}  // namespace

int run_burst(options const& settings) { return run_contest(settings, measure); }

}  // namespace bench
