#include <fibercast/sse/topic.hpp>

#include "http/escape.hpp"
#include "http/utf8.hpp"
#include "topic_key.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace fibercast {

namespace {

void check(std::string_view topic, std::size_t longest) {
    if (topic.empty()) throw std::invalid_argument("a topic must not be empty");
    if (topic.size() > longest) {
        throw std::invalid_argument(
            fmt::format("the topic {} is longer than {} bytes", in_quotes(topic), longest));
    }
    for (auto rest = topic; !rest.empty();) {
        auto const next = first_character(rest);
        if (next.bytes == 0)
            throw std::invalid_argument(fmt::format("the topic {} is no UTF-8", in_quotes(topic)));
        if (is_control_or_format(next.code)) {
            throw std::invalid_argument(
                fmt::format("the topic {} has a control or format character", in_quotes(topic)));
        }
        rest.remove_prefix(next.bytes);
    }
}

}  // namespace

void check_subscribed_topic(std::string_view topic) { check(topic, longest_topic); }

void check_event_topic(std::string_view topic) { check(topic, longest_event_topic); }

void check_published_topic(std::string_view topic) {
    check_subscribed_topic(topic);
    if (topic_key::of_pattern(topic).reach == topic_key::exact) return;
    throw std::invalid_argument(fmt::format(
        "{} is a pattern: clients subscribe to it, events are about topics", in_quotes(topic)));
}

}  // namespace fibercast
