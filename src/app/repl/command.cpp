#include "command.hpp"

#include "app/text/number.hpp"
#include "app/text/words.hpp"
#include "event_draft.hpp"
#include "flags.hpp"
#include "http/escape.hpp"
#include "http/utf8.hpp"

#include <fibercast/sse/topic.hpp>

#include <fmt/format.h>

#include <limits>
#include <stdexcept>
#include <vector>

namespace fibercast::app {
namespace {

using namespace commands;

std::optional<client_id> parse_id(std::string_view word) noexcept {
    return parse_number<client_id>(word, 0, std::numeric_limits<client_id>::max());
}

mistake no_id(std::string_view command, std::string_view word) {
    if (word.empty())
        return {fmt::format("{} whom? usage: {}", command, usage(*find_command(command)))};
    return {fmt::format("{} is no client's id; 'clients' shows the ids", in_quotes(word))};
}

mistake no_text(std::string_view command) {
    return {fmt::format("{} what? usage: {}", command, usage(*find_command(command)))};
}

command parse_broadcast(std::string_view rest) {
    event_draft draft("broadcast");
    if (auto const wrong = draft.take_flags(rest)) return *wrong;
    if (rest.empty()) return no_text("broadcast");
    auto made = draft.with(rest);
    if (auto const* const wrong = std::get_if<mistake>(&made)) return *wrong;
    return broadcast{std::get<event>(std::move(made))};
}

command parse_publish(std::string_view rest) {
    event_draft draft("publish");
    if (auto const wrong = draft.take_flags(rest)) return *wrong;
    auto const topic = take_word(rest);
    if (topic.empty())
        return mistake{
            fmt::format("publish to which topic? usage: {}", usage(*find_command("publish")))};
    try {
        check_published_topic(topic);
    } catch (std::invalid_argument const& wrong) {
        return mistake{wrong.what()};
    }
    if (auto const wrong = draft.take_flags(rest)) return *wrong;
    if (rest.empty()) return no_text("publish");
    auto made = draft.with(rest);
    if (auto const* const wrong = std::get_if<mistake>(&made)) return *wrong;
    return publish{std::string(topic), std::get<event>(std::move(made))};
}

command parse_tail(std::string_view rest) {
    auto const topic = take_word(rest);  // or an id, which is one as well
    if (topic.empty()) return mistake{"tail what? usage: tail TOPIC|ID"};
    if (!rest.empty()) return mistake{"tail takes one topic, pattern or id; usage: tail TOPIC|ID"};
    try {
        check_subscribed_topic(topic);
    } catch (std::invalid_argument const& wrong) {
        return mistake{wrong.what()};
    }
    return tail{std::string(topic)};
}

command parse_send(std::string_view rest) {
    event_draft draft("send");
    if (auto const wrong = draft.take_flags(rest)) return *wrong;
    auto const word = take_word(rest);
    auto const id = parse_id(word);
    if (!id) return no_id("send", word);
    if (auto const wrong = draft.take_flags(rest)) return *wrong;
    if (rest.empty()) return no_text("send");
    auto made = draft.with(rest);
    if (auto const* const wrong = std::get_if<mistake>(&made)) return *wrong;
    return send{*id, std::get<event>(std::move(made))};
}

command parse_kick(std::string_view rest) {
    auto const word = take_word(rest);
    auto const id = parse_id(word);
    if (!id) return no_id("kick", word);
    if (!rest.empty()) return mistake{"kick takes one id; usage: kick ID"};
    return kick{*id};
}

command parse_clients(std::string_view rest) {
    auto const& description = *find_command("clients");
    clients asked;
    while (!rest.empty()) {
        if (rest.starts_with("--")) {
            auto const found = take_flag(rest, description);
            if (auto const* const wrong = std::get_if<mistake>(&found)) return *wrong;
            auto const& [name, value] = std::get<flag>(found);
            if (name == "--slow") asked.only_slow = true;
            if (name == "--from") asked.from = value;
            continue;
        }
        auto const word = take_word(rest);
        constexpr auto most = std::numeric_limits<std::size_t>::max();
        auto const number = parse_number<std::size_t>(word, 1, most);
        if (!number || asked.limit)
            return mistake{fmt::format("{} is no number of clients; usage: {}", in_quotes(word),
                                       usage(description))};
        asked.limit = number;
    }
    return asked;
}

/// A command that is nothing but its name.
template <typename Command>
command parse_bare(std::string_view name, std::string_view rest) {
    if (!rest.empty()) return mistake{fmt::format("{} takes nothing behind it", name)};
    return Command{};
}

mistake unknown(std::string_view name) {
    std::vector<std::string_view> known{"exit"};
    for (auto const& each : command_list) known.push_back(each.name);
    auto const meant = nearest(name, known);
    if (meant.empty())
        return {fmt::format("unknown command {}; 'help' lists the commands", in_quotes(name))};
    return {fmt::format("unknown command {}; did you mean '{}'?", in_quotes(name), meant)};
}

}  // namespace

command parse_command(std::string_view line) {
    if (line.find('\0') != std::string_view::npos)
        return mistake{"the line has a NUL byte and is ignored"};
    if (!is_utf8(line)) return mistake{"the line is not valid UTF-8 and is ignored"};
    auto rest = line;
    auto const name = take_word(rest);
    if (name.empty()) return nothing{};
    if (name == "broadcast") return parse_broadcast(rest);
    if (name == "publish") return parse_publish(rest);
    if (name == "send") return parse_send(rest);
    if (name == "clients") return parse_clients(rest);
    if (name == "kick") return parse_kick(rest);
    if (name == "topics") return parse_bare<topics>(name, rest);
    if (name == "tail") return parse_tail(rest);
    if (name == "count") return parse_bare<count>(name, rest);
    if (name == "stats") return parse_bare<stats>(name, rest);
    if (name == "dump") return parse_bare<dump>(name, rest);
    if (name == "help") return parse_bare<help>(name, rest);
    if (name == "quit" || name == "exit") return parse_bare<quit>(name, rest);
    return unknown(name);
}

}  // namespace fibercast::app
