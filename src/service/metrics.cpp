#include <fibercast/service/metrics.hpp>

#include <string>
#include <utility>

namespace fibercast {
namespace {

double real(auto count) { return static_cast<double>(count); }

void write_clients(metric_writer& to, hub_stats const& from) {
    to.gauge("fibercast_clients", "Connected clients.", real(from.clients));
    to.gauge("fibercast_clients_behind", "Clients that read the history now.", real(from.behind));
    to.counter("fibercast_clients_joined_total", "Clients that have joined.", real(from.joined));
    to.counter("fibercast_clients_resumed_total", "Clients that came back with an id.",
               real(from.resumed));
    to.counter("fibercast_clients_fell_behind_total",
               "Times that a full channel sent a client to the history.", real(from.fell_behind));
    auto const ended = [&](end_reason why) -> metric_writer::labelled {
        return {name_of(why), real(from.ended_by(why))};
    };
    to.counter("fibercast_clients_ended_total", "Clients whose stream has ended, by the reason.",
               "reason",
               {ended(end_reason::peer), ended(end_reason::slow), ended(end_reason::kicked),
                ended(end_reason::drained), ended(end_reason::expired), ended(end_reason::failed),
                ended(end_reason::finished)});
}

void write_events(metric_writer& to, hub_stats const& from) {
    to.counter("fibercast_events_broadcast_total", "Events for all clients.",
               real(from.broadcasts));
    to.counter("fibercast_events_published_total", "Events for the subscribers of topics.",
               real(from.published));
    to.counter("fibercast_deliveries_total",
               "Events and heartbeats that were written, over all clients.", real(from.sent));
    to.counter("fibercast_deliveries_replayed_total", "Deliveries that came from the history.",
               real(from.replayed));
    to.counter("fibercast_deliveries_dropped_total",
               "Events that an overflow policy has thrown away, over all clients.",
               real(from.dropped));
    to.counter("fibercast_heartbeats_total", "Heartbeats, over all clients.",
               real(from.heartbeats));
    to.counter("fibercast_gaps_total", "Times that a client was told that something is missing.",
               real(from.gaps));
    to.counter("fibercast_compressions_total",
               "Times that something was compressed, for any number of clients.",
               real(from.compressed));
    to.counter("fibercast_compression_input_bytes_total", "What was compressed.",
               real(from.compressed_from));
    to.counter("fibercast_compression_output_bytes_total", "What it became.",
               real(from.compressed_to));
}

}  // namespace

metric_collector hub_metrics(hub const& of) {
    return [&of](metric_writer& to) {
        auto const now = of.stats();
        write_clients(to, now);
        write_events(to, now);
        to.gauge("fibercast_channels_bytes",
                 "What waits in clients' channels; what they share counts once for each worker.",
                 real(now.held_bytes));
        to.gauge("fibercast_history_events", "Events that are kept.", real(now.history_events));
        to.gauge("fibercast_history_bytes", "What the kept events take.", real(now.history_bytes));
    };
}

metric_collector token_metrics(verifier const& of) {
    return [&of](metric_writer& to) {
        auto const now = of.stats();
        to.counter("fibercast_token_signature_checks_total",
                   "Signatures of tokens that were checked.", real(now.signature_checks));
        to.counter("fibercast_tokens_remembered_total",
                   "Times that a token was known, so that its signature was not checked.",
                   real(now.remembered));
        to.counter("fibercast_tokens_refused_total", "Times that a token was refused.",
                   real(now.refused));
    };
}

handler metrics_page(std::vector<metric_collector> of) {
    return [of = std::move(of)](request const&) {
        metric_writer all;
        for (auto const& each : of) each(all);
        return response(status::ok, all.text())
            .header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            .header("Cache-Control", "no-store");
    };
}

}  // namespace fibercast
