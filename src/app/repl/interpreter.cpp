#include "interpreter.hpp"

#include "app/process/process_use.hpp"
#include "app/text/number.hpp"
#include "client_stream.hpp"
#include "client_table.hpp"
#include "command_list.hpp"
#include "fiber_table.hpp"
#include "http/escape.hpp"
#include "own_stream.hpp"

#include <fibercast/sse/event.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <numeric>
#include <optional>

namespace fibercast::app {
namespace {

template <typename Value>
void append(std::string& to, std::string_view name, Value const& value) {
    fmt::format_to(std::back_inserter(to), "{:<16}  {}\n", name, value);
}

/// One client that takes nothing must not hold up the commands behind it, whoever types them.
constexpr std::chrono::steady_clock::duration send_patience = std::chrono::seconds(2);

/// A worker that has not counted its fibers in this time is kept by one of them.
constexpr std::chrono::steady_clock::duration dump_patience = std::chrono::seconds(1);

double seconds(std::chrono::duration<double> span) { return span.count(); }

void append(std::string& to, process_use const& use) {
    auto const memory = [](std::optional<std::size_t> kib) {
        return kib ? fmt::to_string(*kib) : std::string("-");
    };
    append(to, "pss_kib", memory(use.pss_kib));
    append(to, "rss_kib", memory(use.rss_kib));
    append(to, "cpu_user_s", fmt::format("{:.3f}", seconds(use.user)));
    append(to, "cpu_system_s", fmt::format("{:.3f}", seconds(use.system)));
}

}  // namespace

interpreter::interpreter(hub& clients, server const& serving, process_log const& log,
                         std::chrono::steady_clock::duration patience)
    : clients_(clients),
      server_(serving),
      log_(log),
      patience_(patience),
      started_(std::chrono::steady_clock::now()) {}

std::string interpreter::execute(command const& asked) {
    return std::visit([this](auto const& each) { return run(each); }, asked);
}

std::unique_ptr<line_stream> interpreter::stream_of(commands::tail const& asked) const {
    constexpr auto most = std::numeric_limits<client_id>::max();
    if (auto const id = parse_number<client_id>(asked.what, 1, most)) {
        if (auto of_client = client_stream::of(clients_, *id)) return of_client;
    }
    return std::make_unique<own_stream>(server_.address(), asked.what);
}

std::string interpreter::run(commands::broadcast const& asked) {
    auto const count = clients_.size();
    if (!clients_.broadcast(asked.what, after(patience_))) {
        return "not sent: too many broadcasts wait for a slow client, see clients --slow\n";
    }
    return fmt::format("sent to {} client{}\n", count, count == 1 ? "" : "s");
}

/// A person is told whom it reached, for which each worker is waited for. A program that writes one
/// event after the other is not held up for that, and its bursts stay together.
std::string interpreter::run(commands::publish const& asked) {
    auto const until = after(patience_);
    bool const person = until != never;
    audience reached;
    auto const place =
        clients_.publish({asked.topic}, asked.what, until, person ? &reached : nullptr);
    if (!place) return "not sent: too many events wait for a slow client, see clients --slow\n";
    if (!person) return fmt::format("published as {}\n", place->text());
    auto const count = reached.wait(until);
    return fmt::format("sent to {} client{}\n", count, count == 1 ? "" : "s");
}

std::string interpreter::run(commands::send const& asked) {
    switch (clients_.send(asked.to, asked.what, after(send_patience))) {
    case send_result::taken: return fmt::format("sent to client {}\n", asked.to);
    case send_result::gone: break;
    case send_result::dropped:
    case send_result::timed_out:
        return fmt::format("not sent: client {} is too slow, and its channel is full\n", asked.to);
    }
    return fmt::format("not sent: there is no client {}\n", asked.to);
}

std::string interpreter::run(commands::clients const& asked) {
    auto all = clients_.clients();
    std::erase_if(all, [&](auto const& each) { return !each.peer.starts_with(asked.from); });
    if (asked.only_slow) all = slow_ones(std::move(all));
    if (all.empty() && !asked.from.empty()) return "no such clients\n";
    if (all.empty()) return asked.only_slow ? "no slow clients\n" : "no clients\n";
    return client_table(all, asked.limit.value_or(all.size()));
}

std::string interpreter::run(commands::topics const&) {
    auto const all = clients_.topics();
    if (all.empty()) return "no topics\n";
    std::string text = "clients  topic\n";
    for (auto const& each : all)
        fmt::format_to(std::back_inserter(text), "{:7}  {}\n", each.clients, escaped(each.topic));
    return text;
}

std::string interpreter::run(commands::count const&) {
    return fmt::format("{}\n", clients_.size());
}

std::string interpreter::run(commands::kick const& asked) {
    if (clients_.kick(asked.whom)) return fmt::format("client {} was sent away\n", asked.whom);
    return fmt::format("there is no client {}\n", asked.whom);
}

std::string interpreter::run(commands::stats const&) {
    auto const connections = server_.stats();
    auto const events = clients_.stats();
    std::string text;
    append(text, "uptime_s",
           fmt::format("{:.1f}", seconds(std::chrono::steady_clock::now() - started_)));
    append(text, "workers", server_.workers());
    append(text, "connections", connections.connections);
    append(text, "accepted", connections.accepted);
    append(text, "accept_pauses", connections.pauses);
    append(text, "refused", connections.refused);
    append(text, "requests_rejected", connections.rejected);
    append(text, "requests_timed_out", connections.timed_out);
    append(text, "cut", connections.cut);
    append(text, "worker_stalls", connections.stalls);
    append(text, "clients", events.clients);
    append(text, "joined", events.joined);
    append(text, "broadcasts", events.broadcasts);
    append(text, "published", events.published);
    append(text, "sent", events.sent);
    append(text, "heartbeats", events.heartbeats);
    append(text, "dropped", events.dropped);
    append(text, "behind", events.behind);
    append(text, "fell_behind", events.fell_behind);
    append(text, "resumed", events.resumed);
    append(text, "replayed", events.replayed);
    append(text, "gaps", events.gaps);
    append(text, "compressed", events.compressed);
    append(text, "compressed_from", events.compressed_from);
    append(text, "compressed_to", events.compressed_to);
    append(text, "history_events", events.history_events);
    append(text, "history_bytes", events.history_bytes);
    append(text, "queued_bytes", events.held_bytes);
    append(text, "slow_disconnects", events.ended_by(end_reason::slow));
    append(text, "kicked", events.ended_by(end_reason::kicked));
    for (auto const why : {end_reason::peer, end_reason::drained, end_reason::expired,
                           end_reason::failed, end_reason::finished})
        append(text, fmt::format("ended_{}", name_of(why)), events.ended_by(why));
    append(text, "unsent_bytes", unsent_bytes());
    append(text, "log_dropped", log_.dropped());
    append(text, own_use());
    return text;
}

/// What the kernel keeps for clients that have not acknowledged it: part of no process's memory.
std::size_t interpreter::unsent_bytes() {
    auto const all = clients_.clients();
    return std::accumulate(
        all.begin(), all.end(), std::size_t{0},
        [](std::size_t sum, client_info const& each) { return sum + each.unsent; });
}

std::string interpreter::run(commands::dump const&) const {
    auto const workers = server_.worker_handles();
    return fiber_table(count_fibers(workers, after(dump_patience)), workers.size(),
                       server_.stats().connections, clients_.size());
}

std::string interpreter::run(commands::help const&) { return help_text(); }

}  // namespace fibercast::app
