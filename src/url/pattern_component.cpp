#include "pattern_component.hpp"

#include "custom_regexp.hpp"
#include "pattern_parts.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace fibercast {
namespace {

using kind = pattern_part::kind;

/// Ten times what usual patterns take.
constexpr int longest_program = 500;

pattern_options options_of(component_kind component) noexcept {
    switch (component) {
    case component_kind::hostname:
    case component_kind::ipv6_hostname: return {'.', 0};
    case component_kind::pathname: return {'/', '/'};
    default: return {};
    }
}

std::string quoted(std::string_view text) { return bounded_regexp::quoted(text); }

std::string wildcard(pattern_part const& part, char delimiter) {
    if (part.type == kind::regexp) {
        check_custom_regexp(part.value);
        return "(?:" + part.value + ')';
    }
    if (part.type == kind::full_wildcard) return "(?:.*)";
    return delimiter == 0 ? "(?:.+)" : std::string("(?:[^\\") + delimiter + "]+)";
}

/// The standard's "generate a regular expression and name list", without the captures.
std::string regexp_of(pattern_part const& part, char delimiter) {
    bool const repeats = part.modifier == '*' || part.modifier == '+';
    std::string const modifier(part.modifier == 0 ? 0 : 1, part.modifier);
    if (part.type == kind::fixed_text) return "(?:" + quoted(part.value) + ')' + modifier;
    auto const value = wildcard(part, delimiter);
    if (part.prefix.empty() && part.suffix.empty()) return "(?:" + value + ')' + modifier;
    auto const prefix = quoted(part.prefix), suffix = quoted(part.suffix);
    if (!repeats) return "(?:" + prefix + value + suffix + ')' + modifier;
    auto const once_more = "(?:" + suffix + prefix + value + ")*";
    return "(?:" + prefix + value + once_more + suffix + ')' + (part.modifier == '*' ? "?" : "");
}

}  // namespace

pattern_component::pattern_component(std::string const& text, component_kind component)
    : delimiter_(options_of(component).delimiter) {
    auto const parts = pattern_parts(
        text, options_of(component),
        [component](std::string_view fixed) { return encoded_for(component, fixed); });
    if (!take_directly(parts)) compile(parts);
}

bool pattern_component::take_directly(std::vector<pattern_part> const& parts) {
    auto const append = [this](std::string const& fixed) {
        (pieces_.empty() ? beginning_ : pieces_.back().behind) += fixed;
    };
    bool direct = true;
    for (auto const& each : parts) {
        // From here on, what matches is beyond the beginning.
        if (each.modifier != 0 || each.type == kind::regexp) {
            if (each.modifier == 0 || each.modifier == '+') append(each.prefix);
            direct = false;
            break;
        }
        append(each.type == kind::fixed_text ? each.value : each.prefix);
        if (each.type == kind::fixed_text) continue;
        pieces_.push_back({each.type == kind::segment_wildcard, each.suffix});
    }
    // A segment ends at a delimiter, everything only at the end: else there is more than one way.
    for (auto it = pieces_.begin(); direct && it != pieces_.end(); ++it) {
        bool const last = std::next(it) == pieces_.end() && it->behind.empty();
        direct = last || (it->segment && delimiter_ != 0 && it->behind.starts_with(delimiter_));
    }
    if (!direct) pieces_.clear();
    return direct;
}

void pattern_component::compile(std::vector<pattern_part> const& parts) {
    std::string text;
    for (auto const& each : parts) text += regexp_of(each, delimiter_);
    regexp_.emplace(text, longest_program);
}

bool pattern_component::matches_pieces(std::string_view rest) const {
    // Patterns that are held against one path usually begin like it: most are told apart at the end,
    // and of these most by a single character.
    auto const& end = pieces_.empty() ? beginning_ : pieces_.back().behind;
    if (!end.empty() && (rest.empty() || rest.back() != end.back())) return false;
    if (!rest.starts_with(beginning_)) return false;
    rest.remove_prefix(beginning_.size());
    for (auto const& each : pieces_) {
        if (each.segment) {
            auto const end =
                delimiter_ == 0 ? rest.size() : std::min(rest.find(delimiter_), rest.size());
            if (end == 0) return false;
            rest.remove_prefix(end);
        } else {
            rest = {};
        }
        if (!rest.starts_with(each.behind)) return false;
        rest.remove_prefix(each.behind.size());
    }
    return rest.empty();
}

bool pattern_component::matches(std::string_view text) const {
    return regexp_ ? regexp_->matches(text) : matches_pieces(text);
}

bool pattern_component::matches_special_scheme() const {
    constexpr std::array<std::string_view, 6> all = {"http", "https", "ws", "wss", "ftp", "file"};
    return std::any_of(all.begin(), all.end(), [this](auto each) { return matches(each); });
}

}  // namespace fibercast
