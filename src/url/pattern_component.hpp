#pragma once

#include "bounded_regexp.hpp"
#include "pattern_encoding.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fibercast {

struct pattern_part;

/// The pattern of one component of a URL.
///
/// Most are texts and wildcards, of which each is followed by what ends it: they are matched
/// directly, as a RE2 takes some kilobytes. The others are one RE2. Either takes time linear in the
/// text.
class pattern_component {
public:
    /// Throws `std::invalid_argument` when it is no pattern, or dearer than the limits allow.
    pattern_component(std::string const& text, component_kind component);

    bool matches(std::string_view text) const;
    bool matches_special_scheme() const;

    /// What everything that matches begins with.
    std::string const& beginning() const noexcept { return beginning_; }
    /// Whether nothing but `beginning` matches.
    bool is_fixed() const noexcept { return !regexp_ && pieces_.empty(); }
    bool is_regexp() const noexcept { return regexp_.has_value(); }

private:
    /// Text up to a delimiter or the end, or all that there is, and the fixed text behind it.
    struct piece {
        bool segment;  ///< At least one character, and none of them the delimiter.
        std::string behind;
    };

    bool take_directly(std::vector<pattern_part> const& parts);
    void compile(std::vector<pattern_part> const& parts);
    bool matches_pieces(std::string_view rest) const;

    std::string beginning_;
    std::vector<piece> pieces_;
    std::optional<bounded_regexp> regexp_;
    char delimiter_;
};

}  // namespace fibercast
