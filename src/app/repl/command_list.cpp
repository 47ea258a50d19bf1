#include "command_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace fibercast::app {
namespace {

template <typename Range>
auto const* find(Range const& in, std::string_view name) noexcept {
    auto const found =
        std::find_if(in.begin(), in.end(), [&](auto& each) { return each.name == name; });
    return found == in.end() ? nullptr : &*found;
}

std::string with_value(flag_description const& flag) {
    return fmt::format("{}{}{}", flag.name, flag.value.empty() ? "" : " ", flag.value);
}

void append(std::string& to, std::string_view left, std::string_view right) {
    fmt::format_to(std::back_inserter(to), "{:<18}  {}\n", left, right);
}

void append(std::string& to, std::string_view title, std::span<flag_description const> flags) {
    to += title;
    for (auto const& each : flags) append(to, "  " + with_value(each), each.what);
}

}  // namespace

command_description const* find_command(std::string_view name) noexcept {
    return find(command_list, name);
}

flag_description const* find_flag(command_description const& of, std::string_view name) noexcept {
    return find(of.flags, name);
}

std::string usage(command_description const& of) {
    std::string text(of.name);
    for (auto const& each : of.flags) text += fmt::format(" [{}]", with_value(each));
    if (!of.arguments.empty()) text.append(" ").append(of.arguments);
    return text;
}

std::string help_text() {
    std::string text;
    for (auto const& each : command_list)
        append(text, fmt::format("{} {}", each.name, each.arguments), each.what);
    append(text, "flags of broadcast, publish and send:\n", event_flags);
    append(text, "flags of clients:\n", clients_flags);
    return text;
}

}  // namespace fibercast::app
