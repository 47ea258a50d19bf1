#include "client_gate.hpp"

#include "busy.hpp"
#include "forwarded_stream.hpp"
#include "sse/stream_response.hpp"

#include <fibercast/http/body.hpp>
#include <fibercast/http/forwarded.hpp>

#include <utility>

namespace fibercast {
namespace {

/// A stream and the place of its address, which is free again when the stream is gone.
struct placed_stream {
    std::shared_ptr<address_limit> limit;  // outlives the place
    address_limit::place place;
    any_body stream;
};

/// In place of a stream of which only the head is asked for.
struct no_stream {};

body_state write_ready(no_stream&, output&, runnable&) { return body_state::over; }

/// Null: there is none.
std::shared_ptr<address_limit> limit_of(subscribe_options const& settings) {
    if (settings.places_of_addresses) return settings.places_of_addresses;
    auto const most = settings.max_clients_per_address;
    return most == 0 ? nullptr : std::make_shared<address_limit>(most);
}

body_state write_ready(placed_stream& it, output& out, runnable& again) {
    return write_ready(it.stream, out, again);
}

}  // namespace

client_gate::client_gate(hub& clients, subscribe_options settings)
    : clients_(clients), settings_(std::move(settings)), limit_(limit_of(settings_)) {}

response client_gate::let_in(request const& asked, std::function<response()> const& join) const {
    if (is_full()) return busy(asked, crowd::clients);
    auto const from = client_address(asked, settings_.trusted_proxies);
    // A stream without a limit carries nothing for one.
    if (!limit_) return seen_as(from, asked, stream_for(asked, join));
    auto place = limit_->enter(from);
    if (!place) return busy(asked, crowd::clients_of_address);
    auto made = seen_as(from, asked, stream_for(asked, join));
    made.body() = placed_stream{limit_, *std::move(place), std::move(made.body())};
    return made;
}

/// HEAD is a monitor's, as a rule: it would join, be heard of, and count as a stream that has failed.
response client_gate::stream_for(request const& asked,
                                 std::function<response()> const& join) const {
    return asked.method() == "HEAD" ? stream_response(no_stream(), coding_for(asked)) : join();
}

bool client_gate::is_full() const {
    auto const most = settings_.client_limit ? settings_.client_limit() : settings_.max_clients;
    return most != 0 && clients_.size() >= most;
}

response client_gate::seen_as(socket_address const& from, request const& asked,
                              response stream) const {
    if (from != asked.peer()) stream.body() = forwarded_stream(from, std::move(stream.body()));
    if (!settings_.codings.empty()) stream.header("Vary", "Accept-Encoding");
    return stream;
}

}  // namespace fibercast
