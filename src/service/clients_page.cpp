#include <fibercast/service/clients_page.hpp>

#include "http/escape.hpp"
#include "json_text.hpp"
#include "page.hpp"
#include "refusal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace fibercast {
namespace {

template <typename Range, typename F>
std::string json_array(Range const& of, F const& text_of) {
    std::string text = "[";
    for (auto const& each : of) text.append(text.size() > 1 ? "," : "").append(text_of(each));
    return text += ']';
}

std::string round_trip_of(client_info const& it) {
    std::chrono::duration<double> const time = it.round_trip_time;
    return time.count() == 0 ? "null" : fmt::format("{:.6f}", time.count());
}

std::string json_of(client_info const& it) {
    return fmt::format(
        R"({{"id":{},"peer":{},"connected_seconds":{:.3f},"topics":{},"behind":{},"stalled":{},)"
        R"("sent":{},"dropped":{},"queued":{},"queued_bytes":{},"unsent_bytes":{},"round_trip_seconds":{}}})",
        it.id, json_text(it.peer), std::chrono::duration<double>(it.connected).count(),
        json_array(it.topics, json_text), it.behind, it.stalled, it.sent, it.dropped, it.queued,
        it.queued_bytes, it.unsent, round_trip_of(it));
}

std::string json_of(topic_info const& it) {
    return fmt::format(R"({{"topic":{},"clients":{}}})", json_text(it.topic), it.clients);
}

/// The page of `all`, which begins with what it is to begin with. `name_of` is what `after` of the
/// next page is, as JSON.
template <typename T, std::invocable<T const&> F>
response page_of(std::string_view what, std::span<T const> all, std::size_t limit,
                 F const& name_of) {
    auto const shown = all.first(std::min(limit, all.size()));
    auto const next = shown.size() < all.size() ? name_of(shown.back()) : std::string("null");
    return json_answer(fmt::format("{{\"{}\":{},\"next\":{}}}\n", what,
                                   json_array(shown, [](T const& each) { return json_of(each); }),
                                   next));
}

response no_client(request const& asked) {
    return refusal(status::not_found,
                   fmt::format("there is no client {}", in_quotes(asked.param("id"))));
}

response clients_wanted(hub& of, page const& wanted) {
    auto const after = parse_number(wanted.after.value_or("0"));
    if (!after)
        throw std::invalid_argument(
            fmt::format("after: {} is no client's id", in_quotes(*wanted.after)));
    auto all = of.clients();
    std::erase_if(all, [&](client_info const& each) {
        return each.id <= *after ||
               (wanted.topic && std::find(each.topics.begin(), each.topics.end(), *wanted.topic) ==
                                    each.topics.end());
    });
    return page_of("clients", std::span<client_info const>(all), wanted.limit,
                   [](client_info const& last) { return fmt::to_string(last.id); });
}

response topics_wanted(hub& of, page const& wanted) {
    auto all = of.topics();
    std::erase_if(all,
                  [&](auto const& each) { return wanted.after && each.topic <= *wanted.after; });
    return page_of("topics", std::span<topic_info const>(all), wanted.limit,
                   [](topic_info const& last) { return json_text(last.topic); });
}

}  // namespace

handler list_clients(hub& all) {
    return [&all](request const& asked) {
        return or_refusal([&] {
            return clients_wanted(all, read_page(asked, {"limit", "after", "topic"}));
        });
    };
}

handler show_client(hub& all) {
    return [&all](request const& asked) {
        auto const id = parse_number(asked.param("id"));
        auto const found = id ? all.find(*id) : std::nullopt;
        return found ? json_answer(json_of(*found) + '\n') : no_client(asked);
    };
}

handler end_client(hub& all) {
    return [&all](request const& asked) {
        auto const id = parse_number(asked.param("id"));
        return id && all.kick(*id) ? response(status::no_content) : no_client(asked);
    };
}

handler list_topics(hub& all) {
    return [&all](request const& asked) {
        return or_refusal([&] { return topics_wanted(all, read_page(asked, {"limit", "after"})); });
    };
}

}  // namespace fibercast
