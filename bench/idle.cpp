// What does a client cost that only waits? Memory before and after the clients came, got one
// message, and the server had time to settle. The kernel's figures are the whole machine's: both
// ends of each connection are in them, and also what the driver needs.
#include "commands.hpp"
#include "contest.hpp"
#include "memory_use.hpp"

namespace bench {
namespace {

std::vector<reading> measure(turn const& turn) {
    turn.clients.linger(turn.settings.settle);  // lets the last turn's sockets be freed
    auto const before = memory_use_of(turn.server.pid());
    turn.clients.connect_all();
    turn.server.input().write(broadcast_line(1, turn.settings.size));
    turn.clients.await_message(1);
    turn.clients.linger(turn.settings.settle);
    auto const added = memory_use_of(turn.server.pid()) - before;
    auto const per_client = [&](double bytes) { return bytes / turn.settings.clients; };
    return {{"PSS per client", "bytes", per_client(added.pss)},
            {"PSS per client", "KiB", per_client(added.pss) / 1024},
            {"page tables per client", "bytes", per_client(added.page_tables)},
            {"kernel slab per client", "bytes", per_client(added.kernel_slab)},
            {"TCP buffers per client", "bytes", per_client(added.tcp_buffers)},
            {"PSS without clients", "MiB", before.pss / (1 << 20)}};
}

}  // namespace

int run_idle(options const& settings) { return run_contest(settings, measure); }

}  // namespace bench
