#include "pattern_parts.hpp"

#include "pattern_tokens.hpp"

#include <cstddef>
#include <set>
#include <stdexcept>
#include <utility>

namespace fibercast {
namespace {

using kind = pattern_token::kind;

/// The standard's "generate a segment wildcard regexp".
std::string segment_regexp(char delimiter) {
    std::string made = "[^";
    if (delimiter != 0) made += {'\\', delimiter};
    return made + "]+?";
}

class parser {
public:
    parser(std::string_view text, pattern_options options, text_encoding const& encoded)
        : tokens_(pattern_tokens(text, token_policy::strict)),
          options_(options),
          encoded_(encoded),
          segment_regexp_(segment_regexp(options.delimiter)) {}

    std::vector<pattern_part> parse() {
        while (at_ < tokens_.size()) parse_next();
        return std::move(parts_);
    }

private:
    /// What a part is made of; null: not there.
    struct group {
        pattern_token const* name;
        pattern_token const* regexp;

        bool is_there() const noexcept { return name != nullptr || regexp != nullptr; }
    };

    pattern_token const* take(kind type) noexcept {
        if (tokens_[at_].type != type) return nullptr;
        return &tokens_[at_++];
    }

    pattern_token const* take_modifier() noexcept {
        auto const* const other = take(kind::other_modifier);
        return other != nullptr ? other : take(kind::asterisk);
    }

    group take_group() noexcept {
        group found{take(kind::name), take(kind::regexp)};
        if (!found.is_there()) found.regexp = take(kind::asterisk);
        return found;
    }

    std::string take_text() {
        std::string text;
        for (;;) {
            auto const* it = take(kind::one_char);
            if (it == nullptr) it = take(kind::escaped_char);
            if (it == nullptr) return text;
            text += it->value;
        }
    }

    void parse_next() {
        auto const* const before = take(kind::one_char);
        auto const found = take_group();
        if (found.is_there()) {
            std::string prefix(before == nullptr ? "" : before->value);
            if (!prefix.empty() && prefix != std::string(1, options_.prefix))
                pending_ += std::exchange(prefix, {});
            end_text();
            return add(std::move(prefix), found, {}, take_modifier());
        }
        auto const* const fixed = before != nullptr ? before : take(kind::escaped_char);
        if (fixed != nullptr) {
            pending_ += fixed->value;
            return;
        }
        if (take(kind::open) != nullptr) return parse_braces();
        end_text();
        if (take(kind::end) == nullptr)
            throw std::invalid_argument("a modifier or '}' that belongs to nothing");
    }

    void parse_braces() {
        auto prefix = take_text();
        auto const found = take_group();
        auto suffix = take_text();
        if (take(kind::close) == nullptr)
            throw std::invalid_argument("a '{' without its '}', or with more than one group");
        add(std::move(prefix), found, std::move(suffix), take_modifier());
    }

    void end_text() {
        if (pending_.empty()) return;
        parts_.push_back({pattern_part::kind::fixed_text, encoded_(std::exchange(pending_, {}))});
    }

    void add(std::string prefix, group found, std::string suffix, pattern_token const* modifier) {
        char const times = modifier == nullptr ? '\0' : modifier->value.front();
        if (!found.is_there() && times == 0) {
            pending_ += prefix;
            return;
        }
        end_text();
        if (!found.is_there()) {
            if (!prefix.empty())
                parts_.push_back({pattern_part::kind::fixed_text, encoded_(prefix), times});
            return;
        }
        auto [type, value] = meaning(found);
        auto name =
            found.name != nullptr ? std::string(found.name->value) : std::to_string(next_number_++);
        if (!names_.insert(name).second) throw std::invalid_argument("two groups of one name");
        parts_.push_back(
            {type, std::move(value), times, std::move(name), encoded_(prefix), encoded_(suffix)});
    }

    std::pair<pattern_part::kind, std::string> meaning(group found) const {
        using part_kind = pattern_part::kind;
        if (found.regexp == nullptr || found.regexp->value == segment_regexp_)
            return {part_kind::segment_wildcard, {}};
        if (found.regexp->type == kind::asterisk || found.regexp->value == ".*")
            return {part_kind::full_wildcard, {}};
        return {part_kind::regexp, std::string(found.regexp->value)};
    }

    std::vector<pattern_token> tokens_;
    pattern_options options_;
    text_encoding const& encoded_;
    std::string segment_regexp_;
    std::vector<pattern_part> parts_;
    std::set<std::string> names_;  // of its groups
    std::string pending_;
    std::size_t at_ = 0;
    std::size_t next_number_ = 0;
};

}  // namespace

std::vector<pattern_part> pattern_parts(std::string_view text, pattern_options options,
                                        text_encoding const& encoded) {
    return parser(text, options, encoded).parse();
}

}  // namespace fibercast
