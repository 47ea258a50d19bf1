#include "pattern_component.hpp"

#include "custom_regexp.hpp"
#include "pattern_parts.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace fibercast {
namespace {

using kind = pattern_part::kind;

// RE2's limit of what a program and its states may take, and ours of the program's instructions.
constexpr int regexp_memory = 256 * 1024;
constexpr int longest_program = 2000;

pattern_options options_of(component_kind component) noexcept {
    switch (component) {
    case component_kind::hostname:
    case component_kind::ipv6_hostname: return {'.', 0};
    case component_kind::pathname: return {'/', '/'};
    default: return {};
    }
}

std::string quoted(std::string const& text) { return re2::RE2::QuoteMeta(text); }

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

pattern_component::~pattern_component() = default;
pattern_component::pattern_component(pattern_component&&) noexcept = default;
pattern_component& pattern_component::operator=(pattern_component&&) noexcept = default;

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
    re2::RE2::Options options;
    // Components are ASCII. In UTF-8 a negated set would be many instructions.
    options.set_encoding(re2::RE2::Options::EncodingLatin1);
    options.set_log_errors(false);
    options.set_never_capture(true);
    options.set_dot_nl(true);
    options.set_max_mem(regexp_memory);
    regexp_ = std::make_unique<re2::RE2>(text, options);
    if (!regexp_->ok())
        throw std::invalid_argument("a regular expression that is none: " + regexp_->error());
    if (regexp_->ProgramSize() > longest_program)
        throw std::invalid_argument("a pattern that takes too much to match");
}

bool pattern_component::matches_pieces(std::string_view rest) const {
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
    if (!regexp_) return matches_pieces(text);
    return regexp_->Match(re2::StringPiece(text.data(), text.size()), 0, text.size(),
                          re2::RE2::ANCHOR_BOTH, nullptr, 0);
}

bool pattern_component::matches_special_scheme() const {
    constexpr std::array<std::string_view, 6> all = {"http", "https", "ws", "wss", "ftp", "file"};
    return std::any_of(all.begin(), all.end(), [this](auto each) { return matches(each); });
}

}  // namespace fibercast
