#include "update.hpp"

#include "checked_text.hpp"
#include "http/escape.hpp"
#include "http/trimmed.hpp"
#include "http/utf8.hpp"
#include "service/reserved_type.hpp"

#include <fibercast/http/query.hpp>
#include <fibercast/http/request_error.hpp>
#include <fibercast/sse/subscription.hpp>
#include <fibercast/sse/topic.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <system_error>

namespace fibercast::mercure {
namespace {

std::vector<std::string> topics_in(parameters const& form) {
    auto const given = form.all("topic");
    if (given.empty()) throw request_error("there is no topic");
    if (given.size() > most_topics) {
        throw request_error(fmt::format("an update has at most {} topics", most_topics),
                            status::payload_too_large);
    }
    for (auto const topic : given) {
        if (topic.empty()) throw request_error("a topic must not be empty");
        if (topic == "*") throw request_error("the topic * stands for all topics");
        check_text("topic", topic, longest_topic);
    }
    return {given.begin(), given.end()};
}

std::string checked_id(std::string_view id) {
    check_text("id", id, longest_id);
    if (id.starts_with('#')) {
        throw request_error(
            fmt::format("the id {} begins with '#', as only the hub's own do", in_quotes(id)));
    }
    if (id == subscription::earliest)
        throw request_error("the id 'earliest' is what subscribers say for all that is kept");
    return std::string(id);
}

std::string checked_type(std::string_view type) {
    check_text("type", type, longest_type);
    if (is_reserved_type(type))
        throw request_error(fmt::format("the type {} is the hub's own", in_quotes(type)));
    return std::string(type);
}

std::chrono::milliseconds checked_retry(std::string_view retry) {
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (!std::ranges::all_of(retry, is_digit))
        throw request_error(fmt::format("retry: {} is no number", in_quotes(retry)));
    std::int64_t number = 0;
    auto const* const end = retry.data() + retry.size();
    if (std::from_chars(retry.data(), end, number).ec == std::errc::result_out_of_range)
        throw request_error(fmt::format("retry: {} is too long", in_quotes(retry)),
                            status::payload_too_large);
    return std::chrono::milliseconds(number);
}

}  // namespace

update read_update(request const& asked) {
    auto const& body = asked.body();
    if (std::ranges::count(body, '&') >= std::ptrdiff_t{parameters::most})
        throw request_error("a form with too many fields", status::payload_too_large);
    auto const form = form_params(asked, stray_percent::literal);
    update made{topics_in(form), std::string(form.first("data").value_or("")), form.has("private")};
    if (!is_utf8(made.data)) throw request_error("the data is no UTF-8");
    // An empty one is none: that is what a form sends for a field that was left blank.
    auto const value = [&](std::string_view name) {
        auto const found = form.first(name);
        return found && !found->empty() ? found : std::nullopt;
    };
    // One with blanks around it would come back without them, and be another.
    if (auto const id = value("id"); id && trimmed(checked_id(*id)) == *id) made.id = *id;
    if (auto const type = value("type")) made.type = checked_type(*type);
    if (auto const retry = value("retry")) made.retry = checked_retry(*retry);
    return made;
}

}  // namespace fibercast::mercure
