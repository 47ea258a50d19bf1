// What does a subscriber cost that shows a token? All connect to a Mercure hub, each to three
// topics: some are its own, the others are of all. Then they get one message and wait. Without
// tokens, with the same token for all, and with a token for each, which is for its topics.
#include "clients/metrics_page.hpp"
#include "contest/mercure_hub.hpp"
#include "contest/server_readings.hpp"
#include "process/failure.hpp"
#include "process/memory_use.hpp"
#include "process/words.hpp"
#include "questions/commands.hpp"
#include "questions/topic_messages.hpp"

#include <fmt/format.h>

namespace bench {
namespace {

constexpr int topics_of_each = 3;
constexpr char const* of_all = "https://example.com/news/0";

/// Of the client `who`, the first `own` of them being its own.
std::vector<std::string> topics_of(std::string const& who, int own) {
    std::vector<std::string> topics{of_all};
    for (int i = 1; i < topics_of_each; ++i)
        topics.push_back(i > own ? fmt::format("https://example.com/news/{}", i)
                                 : fmt::format("https://example.com/users/{}/{}", who, i));
    return topics;
}

/// How often the server has checked a signature; nothing if it does not tell.
std::optional<double> signature_checks(server_turn& turn) {
    auto const page = with_ports("http://127.0.0.1:{admin}/metrics", turn.server.ports());
    return metric_in(read_metrics_page(parse_url(page)), "fibercast_token_signature_checks_total");
}

readings measure(server_turn& turn) {
    auto const server = turn.server.pid();
    double const count = turn.settings.clients;
    turn.clients.linger(turn.settings.settle);  // lets the last turn's sockets be freed
    auto const checked_before = signature_checks(turn);
    auto const before = memory_use_of(server);
    cpu_meter const cpu{server};
    readings all;
    turn.clients.connect_all();
    cpu.add_to(all, "connect", count);
    if (auto const checked = signature_checks(turn); checked && checked_before)
        all.push_back({"signature checks per connect", "", (*checked - *checked_before) / count});
    publish_to_topics(turn, 1);  // wakes everybody for the first time
    turn.clients.linger(turn.settings.settle);
    auto const added = memory_use_of(server) - before;
    all.push_back({"memory (PSS) per client", "KiB", added.pss / count / 1024});
    all.push_back({"page tables per client", "bytes", added.page_tables / count});
    all.push_back({"memory (PSS) without clients", "MiB", before.pss / (1 << 20)});
    return all;
}

std::string bearer(std::string const& token) { return "Authorization: Bearer " + token + "\r\n"; }

void add_ways(contestant const& server, mercure_hub const& hub, options& to) {
    if (server.command.empty()) throw failure{"a server that runs already has a key of its own"};
    auto const own = to.own_topics;
    auto who = hub.subscribed_by(
        server, fmt::format("match={}", fmt::join(topics_of("{n}", own), "&match=")));
    who.topics = to.clients;
    who.topic = of_all;
    auto const add = [&](std::string const& how, auto fields) {
        auto& one = to.contestants.emplace_back(who);
        one.name += ", " + how;
        one.fields = std::move(fields);
    };
    add("no token", nullptr);
    add("one token for all", [fields = bearer(hub.token("all", {"*"}))](int) { return fields; });
    add("a token each", [&hub, own](int client) {
        auto const who = std::to_string(client);
        return bearer(hub.token(who, topics_of(who, own)));
    });
}

}  // namespace

contest_result run_tokens(options const& settings) {
    mercure_hub const hub;
    auto own = settings;
    own.warm_up = 0;  // it would be counted as the server's own memory
    own.contestants.clear();
    for (auto const& server : settings.contestants) add_ways(server, hub, own);
    return run_server_contest(own, measure);
}

}  // namespace bench
