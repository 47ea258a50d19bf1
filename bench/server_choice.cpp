#include "server_choice.hpp"

#include <algorithm>
#include <iterator>

namespace bench {

void add_server_options(CLI::App& app, options& own, server_choice& choice) {
    app.add_option("--server", choice.servers,
                   "who takes turns: fibercast, floor, floor-gathered, a peer (java, go, node, "
                   "nchan), NAME=COMMAND or COMMAND, {port} in it being replaced")
        ->allow_extra_args(false);
    app.add_option("--clients", own.clients)->check(CLI::PositiveNumber);
    app.add_option("--peers", choice.peers, "folder of the peers");
}

void add_url_options(CLI::App& app, server_choice& choice) {
    app.add_option("--url", choice.url,
                   "where clients connect to the last COMMAND, or, without --server, to a server "
                   "that runs already");
    app.add_option("--publish", choice.publish,
                   "'stdin' for lines 'broadcast TEXT', or the URL or path that TEXT is POSTed to");
    app.add_option("--pid", choice.pid, "the process of that server, to be watched")
        ->check(CLI::PositiveNumber);
}

void find_contestants(options& own, server_choice const& choice, bool servers_given) {
    bool const runs_already = !choice.url.empty() && !servers_given;
    if (runs_already) own.contestants.push_back({.name = choice.url});
    for (auto const& server : choice.servers) {
        if (!runs_already) own.contestants.push_back(known_server(server, choice.peers));
    }
    if (own.contestants.empty()) return;
    auto& last = own.contestants.back();
    if (!choice.url.empty()) last.url = choice.url;
    if (!choice.publish.empty()) last.publish = choice.publish;
    last.pid = choice.pid;
    // Without cores of their own they would inherit ours.
    auto const& cores = own.server_cores.empty() ? own.all_cores : own.server_cores;
    for (auto& who : own.contestants) who.cores = cores;
    if (own.command == "compare") {
        auto peers = find_peers(choice.peers);
        for (auto& who : peers.ready) who.cores = cores;
        std::ranges::move(peers.ready, std::back_inserter(own.contestants));
        own.skipped = std::move(peers.skipped);
    }
}

}  // namespace bench
