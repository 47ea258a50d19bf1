#include "event_json.hpp"

#include "http/escape.hpp"
#include "http/json_members.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <fmt/format.h>

#include <stdexcept>
#include <string>

namespace fibercast {
namespace {

namespace json = boost::json;

[[noreturn]] void refuse(std::string const& sentence) { throw std::invalid_argument(sentence); }

std::string text_in(json::value const& value, std::string_view name) {
    auto const* const text = value.if_string();
    if (text == nullptr) refuse(fmt::format("'{}' is no string", name));
    return std::string(text->data(), text->size());
}

std::vector<std::string> topics_in(json::value const& value) {
    auto const* const all = value.if_array();
    if (all == nullptr) refuse("'topics' is no array of strings");
    std::vector<std::string> topics;
    for (auto const& each : *all) topics.push_back(text_in(each, "topics"));
    return topics;
}

void set(event_fields& to, std::string_view name, json::value const& value) {
    if (name == "topics") {
        to.topics = topics_in(value);
    } else if (name == "data") {
        to.data = text_in(value, name);
    } else if (name == "event") {
        to.type = text_in(value, name);
    } else if (name == "id") {
        to.id = text_in(value, name);
    } else if (name == "retry") {
        if (!value.is_int64()) refuse("'retry' is no number of milliseconds");
        to.retry = value.get_int64();
    } else if (name == "private") {
        if (!value.is_bool()) refuse("'private' is neither true nor false");
        to.is_private = value.get_bool();
    } else {
        refuse(
            fmt::format("an event has no {}, but topics, data, event, id, retry and private; JSON "
                        "that is the data itself is sent as text/plain",
                        in_quotes(name)));
    }
}

}  // namespace

event_fields event_from_json(std::string_view text) {
    json::error_code error;
    auto const parsed = json::parse(json::string_view(text.data(), text.size()), error);
    if (error) refuse(fmt::format("this is no JSON: {}", error.message()));
    auto const* const object = parsed.if_object();
    if (object == nullptr) refuse("this is no JSON object");
    if (auto const name = member_given_twice(text))
        refuse(fmt::format("{} is given twice", in_quotes(*name)));
    event_fields read;
    for (auto const& member : *object) {
        auto const name = member.key();
        set(read, std::string_view(name.data(), name.size()), member.value());
    }
    return read;
}

}  // namespace fibercast
