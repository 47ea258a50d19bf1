// What does a client cost that only waits? Memory before and after the clients came, got one
// message, and the server had time to settle; then its CPU time while nothing happens but
// heartbeats. The kernel's figures are the whole machine's: both ends of each connection are in
// them, and also what the driver needs.
#include "contest/server_contest.hpp"
#include "contest/server_readings.hpp"
#include "process/failure.hpp"
#include "process/memory_use.hpp"
#include "questions/commands.hpp"

namespace bench {
namespace {

readings measure(server_turn& turn) {
    auto const server = turn.server.pid();
    if (server == 0) throw failure{"memory can be read of a known process only: give its --pid"};
    turn.clients.linger(turn.settings.settle);  // lets the last turn's sockets be freed
    auto const before = memory_use_of(server);
    turn.clients.connect_all();
    turn.publish_and_wait(1);
    turn.clients.linger(turn.settings.settle);
    auto const added = memory_use_of(server) - before;
    cpu_meter const cpu{server};
    turn.clients.linger(turn.settings.rest);
    auto const rest = std::chrono::duration<double>(turn.settings.rest).count();
    auto const per_client = [&](double bytes) { return bytes / turn.settings.clients; };
    return {{"memory (PSS) per client", "KiB", per_client(added.pss) / 1024},
            {"page tables per client", "bytes", per_client(added.page_tables)},
            {"kernel slab per client", "bytes", per_client(added.kernel_slab)},
            {"TCP buffers per client", "bytes", per_client(added.tcp_buffers)},
            {"memory (PSS) without clients", "MiB", before.pss / (1 << 20)},
            {"memory (PSS) with all of them", "MiB", (before.pss + added.pss) / (1 << 20)},
            {"CPU at rest", "% core", cpu.server_seconds() / rest * 100}};
}

}  // namespace

contest_result run_idle(options const& settings) { return run_server_contest(settings, measure); }

}  // namespace bench
