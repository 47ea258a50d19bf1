#include "public_target.hpp"

#include "percent.hpp"

#include <fibercast/http/fields.hpp>

#include <algorithm>
#include <cstddef>

namespace fibercast {
namespace {

bool is_hidden(std::string_view name, std::span<std::string const> hidden) {
    auto const decoded = form_decoded(name);
    return !decoded || std::ranges::any_of(hidden, [&](std::string const& each) {
        return equal_ignoring_case(*decoded, each);
    });
}

/// How much of a parameter may be told: up to the first hidden one's '='. To some ';' stands between
/// parameters; to others it is of the value, so that all that follows is the secret.
std::size_t public_part(std::string_view parameter, std::span<std::string const> hidden) {
    for (std::size_t at = 0;;) {
        auto const end = std::min(parameter.find(';', at), parameter.size());
        auto const equals = parameter.substr(at, end - at).find('=');
        if (equals != parameter.npos && is_hidden(parameter.substr(at, equals), hidden))
            return at + equals + 1;
        if (end == parameter.size()) return end;
        at = end + 1;
    }
}

}  // namespace

std::string public_target(std::string_view target, std::span<std::string const> hidden) {
    auto const mark = std::min(target.find('?'), target.size());
    std::string told(target.substr(0, mark));
    for (auto rest = target.substr(mark); !rest.empty();) {
        told += rest.front();  // '?' or '&'
        rest.remove_prefix(1);
        auto const parameter = rest.substr(0, rest.find('&'));
        auto const part = public_part(parameter, hidden);
        told += parameter.substr(0, part);
        if (part != parameter.size()) told += "...";
        rest.remove_prefix(parameter.size());
    }
    return told;
}

}  // namespace fibercast
