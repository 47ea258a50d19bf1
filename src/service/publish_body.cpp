#include "publish_body.hpp"

#include "event_json.hpp"
#include "http/escape.hpp"
#include "http/media_type.hpp"

#include <fibercast/http/query.hpp>
#include <fibercast/http/request_error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace fibercast {
namespace {

[[noreturn]] void refuse(std::string const& sentence) { throw std::invalid_argument(sentence); }

/// It has no registered name, and these are in use.
bool is_lines(std::string_view type) noexcept {
    return type == "application/x-ndjson" || type == "application/ndjson" ||
           type == "application/jsonl";
}

/// Of two, one would be lost without a word.
template <typename T>
void set_once(std::optional<T>& to, std::string_view name, T value) {
    if (to) refuse(fmt::format("the parameter '{}' comes twice", name));
    to = std::move(value);
}

/// What a query or a form says.
event_fields fields_in(parameters const& all) {
    event_fields read;
    for (auto const& [name, value] : all) {
        if (name == "topic") {
            read.topics.push_back(value);
        } else if (name == "data") {
            set_once(read.data, name, value);
        } else if (name == "event") {
            set_once(read.type, name, value);
        } else if (name == "id") {
            set_once(read.id, name, value);
        } else if (name == "retry") {
            set_once(read.retry, name, parse_retry(value));
        } else if (name == "private") {
            // By its presence, as the Mercure protocol has it: `private=off` is better not public.
            set_once(read.is_private, name, true);
        } else {
            refuse(fmt::format(
                "there is no parameter {}, but topic, data, event, id, retry and private",
                in_quotes(name)));
        }
    }
    return read;
}

/// What every event of the request has, unless it says something else.
event_fields common_to_all(request const& asked, publish_target to) {
    auto common = fields_in(query_params(asked));
    if (common.data) refuse("the data is what the body is for");
    if (to == publish_target::topic)
        common.topics.emplace(common.topics.begin(), asked.param("topic"));
    return common;
}

outgoing completed(event_fields from, event_fields const& common, publish_target to) {
    from.topics.insert(from.topics.begin(), common.topics.begin(), common.topics.end());
    if (!from.type) from.type = common.type;
    if (!from.id) from.id = common.id;
    if (!from.retry) from.retry = common.retry;
    if (!from.is_private) from.is_private = common.is_private;
    if (to == publish_target::all && !from.topics.empty())
        refuse("a broadcast goes to all clients and has no topics");
    if (to == publish_target::topics && from.topics.empty())
        refuse("the event has no topic; /broadcast is for all clients");
    return checked(std::move(from));
}

/// curl -d says of every text that it is a form: one is, when a parameter of it is `data` or
/// `topic`.
bool looks_like_a_form(std::string_view body) noexcept {
    for (auto rest = body; !rest.empty();) {
        if (rest.starts_with("data=") || rest.starts_with("topic=")) return true;
        rest.remove_prefix(std::min(rest.find('&'), rest.size() - 1) + 1);
    }
    return false;
}

event_fields single_event(std::string_view body, std::string_view type) {
    if (type == "application/json") return event_from_json(body);
    if (type == "application/x-www-form-urlencoded" && looks_like_a_form(body))
        return fields_in(parameters(body));
    event_fields text;
    text.data = body;
    return text;
}

std::vector<outgoing> events_in_lines(std::string_view text, event_fields const& common,
                                      publish_target to) {
    if (common.id) refuse("an id names one event, and not all of many lines");
    std::vector<outgoing> events;
    for (std::size_t number = 1; !text.empty(); ++number) {
        auto const line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.find_first_not_of(" \t\r") == line.npos) continue;
        try {
            events.push_back(completed(event_from_json(line), common, to));
        } catch (std::invalid_argument const& wrong) {
            refuse(fmt::format("line {}: {}", number, wrong.what()));
        }
    }
    if (events.empty()) refuse("there is no event in any line");
    return events;
}

}  // namespace

publish_body read_publish_body(request const& asked, publish_target to) {
    auto const type = media_type_in(asked.header("Content-Type"));
    if (type == "multipart/form-data")
        throw request_error("a form of this type is not understood; send it urlencoded",
                            status::unsupported_media_type);
    auto const body = plain_body(asked);
    auto const common = common_to_all(asked, to);
    if (is_lines(type)) return {events_in_lines(body, common, to), true};
    publish_body read;
    read.events.push_back(completed(single_event(body, type), common, to));
    return read;
}

}  // namespace fibercast
