#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace fibercast {

/// A regular expression of a stranger, on bytes and in RE2's syntax: it takes time linear in the
/// text, and neither its program nor what matching remembers is larger than the limits allow. Any
/// thread may match.
class bounded_regexp {
public:
    /// `longest` bounds its program, in instructions: matching a byte may take as many steps. Throws
    /// `std::invalid_argument` when it is none, or beyond the limits.
    bounded_regexp(std::string const& expression, int longest);
    ~bounded_regexp();
    bounded_regexp(bounded_regexp&&) noexcept;
    bounded_regexp& operator=(bounded_regexp&&) noexcept;

    /// The whole text. Takes memory now and then, up to the limit.
    bool matches(std::string_view text) const;

    /// An expression for that text alone.
    static std::string quoted(std::string_view text);

private:
    std::unique_ptr<re2::RE2> compiled_;
};

}  // namespace fibercast
