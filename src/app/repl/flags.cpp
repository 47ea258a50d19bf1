#include "flags.hpp"

#include "app/text/words.hpp"
#include "http/escape.hpp"

#include <fmt/format.h>

#include <vector>

namespace fibercast::app {
namespace {

commands::mistake unknown(std::string_view name, command_description const& of) {
    std::vector<std::string_view> known;
    for (auto const& each : of.flags) known.push_back(each.name);
    auto const meant = nearest(name, known);
    auto const advice =
        meant.empty() ? "usage: " + usage(of) : fmt::format("did you mean {}?", meant);
    return {fmt::format("{} has no flag {}; {}", of.name, in_quotes(name), advice)};
}

}  // namespace

std::variant<flag, commands::mistake> take_flag(std::string_view& rest,
                                                command_description const& of) {
    auto const word = take_word(rest);
    auto const equals = word.find('=');
    auto const name = word.substr(0, equals);
    auto const* const known = find_flag(of, name);
    if (known == nullptr) return unknown(name, of);
    bool const glued = equals != word.npos;
    if (known->value.empty()) {
        if (glued) return commands::mistake{fmt::format("{} takes no value", name)};
        return flag{known->name, {}};
    }
    // What looks like a flag is one: the value was forgotten.
    auto const value = glued                    ? word.substr(equals + 1)
                       : rest.starts_with("--") ? std::string_view()
                                                : take_word(rest);
    if (value.empty())
        return commands::mistake{
            fmt::format("{0} wants a value: {0} {1}", known->name, known->value)};
    return flag{known->name, value};
}

}  // namespace fibercast::app
