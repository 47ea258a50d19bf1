// What does one delivered event cost? One message at a time, so that nothing can be gathered:
// the next is published only when every client has the one before.
#include "commands.hpp"
#include "contest.hpp"
#include "cpu_time.hpp"

namespace bench {
namespace {

void publish_and_wait(turn const& turn, std::uint32_t number) {
    turn.server.input().write(broadcast_line(number, turn.settings.size));
    turn.clients.await_message(number);
}

std::vector<reading> measure(turn const& turn) {
    turn.clients.connect_all();
    publish_and_wait(turn, 1);  // the first one wakes cold clients, which is not the question
    auto const server_before = cpu_time_of(turn.server.pid());
    auto const driver_before = own_cpu_time();
    for (int i = 0; i < turn.settings.messages; ++i)
        publish_and_wait(turn, static_cast<std::uint32_t>(2 + i));
    auto const server = cpu_time_of(turn.server.pid()) - server_before;
    auto const driver = own_cpu_time() - driver_before;
    double const events = double(turn.settings.clients) * turn.settings.messages;
    auto const per_event = [=](cpu_time::duration cpu) { return cpu.count() * 1e6 / events; };
    return {{"CPU per event", "us", per_event(server.total)},
            {"  of it user", "us", per_event(server.user)},
            {"  of it system", "us", per_event(server.system)},
            {"driver's CPU per event", "us", per_event(driver)}};
}

}  // namespace

int run_fanout(options const& settings) { return run_contest(settings, measure); }

}  // namespace bench
