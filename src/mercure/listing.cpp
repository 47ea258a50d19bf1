#include "desk.hpp"
#include "service/json_text.hpp"
#include "service/refusal.hpp"
#include "subscription_document.hpp"

#include <fibercast/runtime/sleep.hpp>

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace fibercast::mercure {
namespace {

/// Of one answer.
constexpr std::size_t most_listed = 10'000;
constexpr std::size_t at_once = 64;

using entries = std::vector<active_subscriptions::entry>;

/// What a request's path names.
struct listed {
    std::optional<wanted_matcher> by;  // nothing: all
    std::string_view subscriber;       // empty: all
};

/// Nothing: there are no matchers of that type.
std::optional<listed> read_listed(request const& asked, protocol by) {
    auto const match = asked.param("match");
    if (match.empty()) return listed{};
    auto const type =
        by == protocol::v0_x ? match_type::selector : match_type_named(asked.param("type"));
    if (!type) return std::nullopt;
    return listed{wanted_matcher{*type, std::string(match)}, asked.param("subscriber")};
}

/// The value of a parameter of a field, in quotes.
std::string quoted(std::string_view text) {
    std::string made = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\') made += '\\';
        made += c;
    }
    return made += '"';
}

class list_handler {
public:
    explicit list_handler(desk_ptr of) : desk_(std::move(of)) {}

    response operator()(request const& asked) const {
        auto const which = read_listed(asked, desk_->settings.version);
        if (!which) return response::plain(status::not_found);
        // As the hub writes it, however the request's was encoded.
        auto const path = path_of(*which);
        if (auto refused = refused_for(asked, path)) return *std::move(refused);
        // First: whoever subscribes from there on is told of what is not in the list yet. The tag is
        // no id of a publisher's, who may use one twice.
        auto const tag = '"' + desk_->clients.last_id().text() + '"';
        auto const cursor = desk_->clients.last_event_id().value_or(std::string(earliest));
        if (asked.header("If-None-Match") == tag)
            return with_cursor(response(status::not_modified), cursor, tag);
        auto const found = entries_of(*which);
        if (!which->subscriber.empty() && found.empty()) return response::plain(status::not_found);
        auto const text =
            which->subscriber.empty() ? collection(path, found) : tracker().members(found.front());
        return with_cursor(document(text, cursor), cursor, tag);
    }

private:
    static constexpr auto earliest = subscription::earliest;

    subscription_tracker const& tracker() const noexcept { return *desk_->tracker; }

    std::string path_of(listed const& which) const {
        auto const& hub_path = desk_->hub_url().path;
        if (!which.by) return path_of_subscriptions(hub_path);
        if (which.subscriber.empty()) return path_of_subscriptions(hub_path, *which.by);
        return mercure::path_of(hub_path, {*which.by, which.subscriber, {}});
    }

    /// Nothing: they may read it.
    std::optional<response> refused_for(request const& asked, std::string const& path) const {
        auto const reader = reader_of(asked, desk_->settings.access);
        if (auto const* const refused = std::get_if<access_refusal>(&reader))
            return refused->answer();
        auto const& from = std::get<grant_ptr>(reader);
        if (from == nullptr) return desk_->refuse(access_error::no_token);
        resolved_topic const topic(path, desk_->hub_url());
        if (from->may_read({&topic, 1})) return std::nullopt;
        return desk_->refuse(access_error::insufficient_scope);
    }

    entries entries_of(listed const& which) const {
        auto const& active = tracker().active();
        if (!which.by) return active.all(most_listed);
        if (which.subscriber.empty()) return active.of(*which.by, most_listed);
        return active.of(*which.by, which.subscriber);
    }

    std::string collection(std::string const& path, entries const& of) const {
        auto made = fmt::format(R"("id":{},"type":"{}ubscriptions","subscriptions":[)",
                                json_text(path), desk_->speaks_0x() ? 'S' : 's');
        for (std::size_t i = 0; i < of.size(); ++i) {
            if (i % at_once == at_once - 1) yield();  // what covers each may take long to find
            made += '{' + tracker().members(of[i]) + "},";
        }
        if (!of.empty()) made.pop_back();
        return made += ']';
    }

    /// Of these members. The versions 0.x have the cursor in it.
    response document(std::string const& members, std::string const& cursor) const {
        if (!desk_->speaks_0x()) return json_answer('{' + members + '}');
        auto made = json_answer(
            fmt::format(R"({{{}{},"lastEventID":{}}})", linked_data, members, json_text(cursor)));
        return std::move(made.set("Content-Type", "application/ld+json"));
    }

    response with_cursor(response to, std::string const& cursor, std::string const& tag) const {
        auto const link = fmt::format(R"(<{}>; rel="mercure")", desk_->hub_url().href());
        auto const* const of_events = R"(; type="mercure"; content-type="application/json")";
        to.header("Link", desk_->speaks_0x() ? link
                                             : fmt::format("{}; last-event-id={}{}", link,
                                                           quoted(cursor), of_events));
        to.header("ETag", tag);
        // Without the first a cache that many use could keep it, as it must not what came by a token
        // (RFC 9111, section 3.5).
        to.set("Cache-Control", "private, must-revalidate");
        return to;
    }

    desk_ptr const desk_;
};

}  // namespace

handler listing(desk_ptr of) { return list_handler(std::move(of)); }

}  // namespace fibercast::mercure
