#include "wanted.hpp"

#include "checked_text.hpp"
#include "http/escape.hpp"

#include <fibercast/http/fields.hpp>
#include <fibercast/http/query.hpp>
#include <fibercast/http/request_error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

namespace fibercast::mercure {
namespace {

constexpr std::string_view reserved_prefix = "match";

bool is_reserved(std::string_view name) noexcept {
    return equal_ignoring_case(name.substr(0, reserved_prefix.size()), reserved_prefix);
}

/// The names are case-sensitive, and what looks like one must be one: who has misspelt it would be
/// told nothing, for good.
match_type type_named(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, match_type>, 3> names = {{
        {"match", match_type::exact},
        {"match_exact", match_type::exact},
        {"match_urlpattern", match_type::urlpattern},
    }};
    auto const* const found =
        std::ranges::find(names, name, &std::pair<std::string_view, match_type>::first);
    if (found == names.end()) {
        throw request_error(fmt::format(
            "the parameter {} is none of match, match_exact, match_urlpattern", in_quotes(name)));
    }
    return found->second;
}

void check_matcher(std::string_view text) {
    if (text.empty()) throw request_error("a matcher must not be empty");
    if (text.size() > longest_matcher) {
        throw request_error(fmt::format("the matcher {} is longer than {} bytes", in_quotes(text),
                                        longest_matcher));
    }
    check_text("matcher", text, longest_matcher);
}

/// Nothing: the parameter is for something else.
std::optional<match_type> type_of(std::string_view parameter, protocol by) {
    if (by == protocol::v0_x)
        return parameter == "topic" ? std::optional(match_type::selector) : std::nullopt;
    return is_reserved(parameter) ? std::optional(type_named(parameter)) : std::nullopt;
}

void append_matchers(parameters const& from, protocol by, std::vector<wanted_matcher>& to) {
    for (auto const& [name, value] : from) {
        auto const type = type_of(name, by);
        if (!type) continue;
        wanted_matcher one{*type, value};
        check_matcher(value);
        if (std::ranges::find(to, one) != to.end()) continue;
        if (to.size() == most_matchers)
            throw request_error(fmt::format("more than {} matchers", most_matchers));
        to.push_back(std::move(one));
    }
}

/// The protocol's own, then what others say: event-source-polyfill, and libraries of early hubs.
std::span<std::string_view const> names_of_last_id(protocol by) noexcept {
    static constexpr std::array<std::string_view, 2> now = {"last_event_id", "lastEventId"};
    static constexpr std::array<std::string_view, 4> old = {"lastEventID", "last_event_id",
                                                            "lastEventId", "Last-Event-ID"};
    if (by == protocol::v0_x) return old;
    return now;
}

/// What an EventSource sends when it comes back, maybe to a URL with an older one, goes first.
std::optional<std::string> last_event_id(request const& asked, parameters const& query,
                                         parameters const& form, protocol by) {
    if (auto const field = asked.header("Last-Event-ID"); !field.empty()) return std::string(field);
    for (auto const* const each : {&query, &form}) {
        for (auto const name : names_of_last_id(by)) {
            if (auto const found = each->first(name)) return std::string(*found);
        }
    }
    return std::nullopt;
}

}  // namespace

std::string_view name_of(match_type type) noexcept {
    switch (type) {
    case match_type::exact: return "exact";
    case match_type::urlpattern: return "urlpattern";
    case match_type::selector: return {};
    }
    return {};
}

std::optional<match_type> match_type_named(std::string_view name) noexcept {
    for (auto const each : {match_type::exact, match_type::urlpattern}) {
        if (name_of(each) == name) return each;
    }
    return std::nullopt;
}

wanted read_wanted(request const& asked, protocol by) {
    auto const query = query_params(asked, stray_percent::literal);
    auto const form = asked.method() == "GET" || asked.method() == "HEAD"
                          ? parameters("")
                          : form_params(asked, stray_percent::literal);
    wanted all;
    append_matchers(query, by, all.matchers);
    append_matchers(form, by, all.matchers);
    if (all.matchers.empty())
        throw request_error(by == protocol::v0_x ? "there is no topic"
                                                 : "there is no matcher: match, match_urlpattern");
    all.last_event_id = last_event_id(asked, query, form, by);
    return all;
}

}  // namespace fibercast::mercure
