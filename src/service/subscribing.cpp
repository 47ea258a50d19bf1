#include <fibercast/service/subscribing.hpp>

#include "client_gate.hpp"
#include "http/escape.hpp"
#include "overflow_name.hpp"
#include "refusal.hpp"

#include <fibercast/http/query.hpp>
#include <fibercast/sse/client.hpp>
#include <fibercast/sse/event.hpp>
#include <fibercast/sse/topic.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fibercast {
namespace {

/// Throws `std::invalid_argument` for one that is none, or is not allowed.
overflow policy_in(std::string_view text, std::vector<overflow> const& allowed) {
    auto const policy = overflow_named(text);
    if (policy && std::find(allowed.begin(), allowed.end(), *policy) != allowed.end())
        return *policy;
    if (allowed.empty()) throw std::invalid_argument("overflow: none may be chosen here");
    std::vector<std::string_view> names;
    names.reserve(allowed.size());
    for (auto const each : allowed) names.push_back(name_of(each));
    throw std::invalid_argument(
        fmt::format("overflow: {} is none of {}", in_quotes(text), fmt::join(names, ", ")));
}

/// Throws `request_error` and `std::invalid_argument`, with what is wrong.
subscription wanted_by(request const& asked, subscribe_options const& settings) {
    auto const query = query_params(asked);
    subscription wants;
    for (auto const topic : query.all("topic")) {
        // The hub does so, too, but only where there is room; what is wrong is wrong in any case.
        check_subscribed_topic(topic);
        wants.topics.emplace_back(topic);
    }
    if (wants.topics.size() > most_topics)
        throw std::invalid_argument(fmt::format("more than {} topics", most_topics));
    // The field is what an EventSource sends when it comes back, maybe to a URL with an older id.
    wants.last_event_id = asked.header("Last-Event-ID");
    // The second is what event-source-polyfill says.
    for (auto const* const name : {"last_event_id", "lastEventId"}) {
        if (wants.last_event_id.empty()) wants.last_event_id = query.first(name).value_or("");
    }
    wants.open_at_once = !wants.last_event_id.empty();  // others are greeted
    if (auto const policy = query.first("overflow"))
        wants.overflow = policy_in(*policy, settings.policies);
    return wants;
}

response stream_for(hub& clients, subscription const& wants) {
    auto client = clients.join(wants);
    if (wants.last_event_id.empty()) client.send(event("Successfully connected"));
    return event_stream(std::move(client));
}

}  // namespace

handler subscribe_to(hub& clients, subscribe_options settings) {
    return [&clients, gate = client_gate(clients, std::move(settings))](request const& asked) {
        return or_refusal([&] {
            auto const& settings = gate.settings();
            auto wants = wanted_by(asked, settings);
            wants.coding = gate.coding_for(asked);
            auto refused = settings.admit ? settings.admit(asked, wants) : std::nullopt;
            if (refused) return std::move(*refused);
            return gate.let_in(asked, [&] { return stream_for(clients, wants); });
        });
    };
}

}  // namespace fibercast
