#include "template_regexp.hpp"

#include "bounded_regexp.hpp"

#include <fmt/format.h>

#include <span>

namespace fibercast {
namespace {

// Within a set.
constexpr std::string_view unreserved = R"(\w.~-)";
constexpr std::string_view reserved = R"(:/?#\[\]@!$&'()*+,;=)";

// Behind a '%'. An unreserved character is not encoded, unless it was so in a value that is kept.
constexpr std::string_view any_code = "[[:xdigit:]]{2}";
constexpr std::string_view code =
    "[01][[:xdigit:]]|2[0-9A-CFa-cf]|3[A-Fa-f]|[46]0|5[B-Eb-e]|7[BCDFbcdf]|[89A-Fa-f][[:xdigit:]]";
/// A byte of UTF-8 that goes on with a character.
constexpr std::string_view continuation = "%[89ABab][[:xdigit:]]";

/// The regular expressions of what comes of one variable.
class variable_regexps {
public:
    explicit variable_regexps(template_operator const& by) : by_(by), byte_(byte_or("")) {}

    std::string of(template_variable const& it) const {
        if (it.exploded) return by_.named ? named_pairs() : members();
        if (!by_.named) return value(it, 0);
        auto const name = bounded_regexp::quoted(it.name);
        if (by_.empty_equal) return name + '=' + value(it, 0);
        // Nothing behind a '=' is of a list of one empty string.
        return fmt::format("{}(?:={})?", name, value(it, it.prefix > 0 ? 1 : 0));
    }

private:
    std::string byte_or(std::string_view more) const {
        return fmt::format("(?:[{}{}]|%(?:{}))", by_.keeps_reserved ? reserved : more, unreserved,
                           by_.keeps_reserved ? any_code : code);
    }

    /// A string, a list, or pairs. Only a string has a prefix.
    std::string value(template_variable const& it, int least) const {
        if (it.prefix == 0) return byte_or(",") + '*';
        // A character is a byte, and the continuations behind it.
        return fmt::format("(?:{}(?:{})*){{{},{}}}", byte_, continuation, least, it.prefix);
    }

    /// All of them `name=value`, or none.
    std::string members() const {
        if (by_.keeps_reserved) return byte_ + '*';
        return fmt::format("{0}*(?:(?:{1}{0}*)*|={0}*(?:{1}{0}*={0}*)*)", byte_,
                           bounded_regexp::quoted(by_.separator));
    }

    /// The name of a pair is encoded as a literal is: it may hold all that other pairs consist of,
    /// so that whatever comes of several comes of one. So does what comes of a list.
    std::string named_pairs() const {
        auto const name = fmt::format("(?:[{}{}]|%{})*", reserved, unreserved, any_code);
        return by_.empty_equal ? name + '=' + byte_ + '*' : name;
    }

    template_operator const& by_;
    std::string byte_;
};

using regexps = std::span<std::string const>;

std::string each_behind_separator(regexps values, template_operator const& by) {
    std::string made;
    for (auto const& each : values)
        made += fmt::format("(?:{}{})?", bounded_regexp::quoted(by.separator), each);
    return made;
}

/// One of them at least, and separators between them. By halves, so that of n values there are
/// about n log n in it: of each whatever is the first.
std::string at_least_one(regexps values, template_operator const& by) {
    if (values.size() == 1) return values.front();
    auto const half = values.size() / 2;
    auto const before = values.first(half), behind = values.subspan(half);
    return fmt::format("(?:{}{}|{})", at_least_one(before, by), each_behind_separator(behind, by),
                       at_least_one(behind, by));
}

}  // namespace

std::string regexp_of(template_part const& part) {
    auto const& by = *part.by;
    variable_regexps const variables(by);
    std::vector<std::string> values;
    for (auto const& each : part.variables) values.push_back(variables.of(each));
    if (by.first == by.separator) return each_behind_separator(values, by);
    return fmt::format("(?:{}{})?", bounded_regexp::quoted(by.first), at_least_one(values, by));
}

}  // namespace fibercast
