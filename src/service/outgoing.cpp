#include "outgoing.hpp"

#include "http/escape.hpp"
#include "http/utf8.hpp"
#include "reserved_type.hpp"

#include <fibercast/sse/subscription.hpp>
#include <fibercast/sse/topic.hpp>

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace fibercast {
namespace {

constexpr std::size_t longest_id = 64;  // in bytes; it comes back in a header of every reconnect
constexpr std::size_t longest_type = 256;
constexpr std::int64_t longest_retry = 24 * 3'600'000;

[[noreturn]] void refuse(std::string const& sentence) { throw std::invalid_argument(sentence); }

/// `what` is what it is called.
void check_name(std::string_view what, std::string_view text, std::size_t longest) {
    if (text.empty()) refuse(fmt::format("the {} must not be empty", what));
    if (text.size() > longest)
        refuse(fmt::format("the {} {} is longer than {} bytes", what, in_quotes(text), longest));
    for (auto rest = text; !rest.empty();) {
        auto const next = first_character(rest);
        if (next.bytes == 0) refuse(fmt::format("the {} {} is no UTF-8", what, in_quotes(text)));
        if (is_control_or_format(next.code))
            refuse(
                fmt::format("the {} {} has a control or format character", what, in_quotes(text)));
        rest.remove_prefix(next.bytes);
    }
}

void check_id(std::string_view id) {
    check_name("id", id, longest_id);
    if (id.starts_with('#'))
        refuse(fmt::format("the id {} begins with '#', as only the server's own ids do",
                           in_quotes(id)));
    if (id == subscription::earliest)
        refuse("the id 'earliest' is what clients say for all that is kept");
}

void check_type(std::string_view type) {
    check_name("event type", type, longest_type);
    if (is_reserved_type(type))
        refuse(fmt::format("the event type {} is the server's own", in_quotes(type)));
}

std::chrono::milliseconds checked_retry(std::int64_t retry) {
    if (retry < 0 || retry > longest_retry)
        refuse(fmt::format("retry: {} is no number of milliseconds from 0 to {}", retry,
                           longest_retry));
    return std::chrono::milliseconds(retry);
}

}  // namespace

outgoing checked(event_fields from) {
    if (from.topics.size() > most_topics)
        refuse(fmt::format("an event has at most {} topics", most_topics));
    for (auto const& topic : from.topics) check_published_topic(topic);
    if (!from.data) refuse("there is no data");
    if (!is_utf8(*from.data)) refuse("the data is no UTF-8");
    bool const is_private = from.is_private.value_or(false);
    if (is_private && from.topics.empty())
        refuse("a broadcast goes to all clients and is not private");
    outgoing made{std::move(from.topics), event(*std::move(from.data)), is_private};
    if (from.type) check_type(*from.type);
    if (from.type) made.what.type(*std::move(from.type));
    if (from.id) check_id(*from.id);
    if (from.id) made.what.id(*std::move(from.id));
    if (from.retry) made.what.retry(checked_retry(*from.retry));
    return made;
}

std::int64_t parse_retry(std::string_view text) {
    std::int64_t number = 0;
    auto const* const end = text.data() + text.size();
    auto const parsed = std::from_chars(text.data(), end, number);
    if (parsed.ec == std::errc() && parsed.ptr == end) return checked_retry(number).count();
    refuse(fmt::format("retry: {} is no number of milliseconds from 0 to {}", in_quotes(text),
                       longest_retry));
}

}  // namespace fibercast
