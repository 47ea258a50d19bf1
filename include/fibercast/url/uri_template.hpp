#pragma once

#include <fibercast/api.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace fibercast {

/// A URI Template (RFC 6570, all four levels), as a question: does a text come of it, by some
/// values of its variables? Of `https://example.com/books/{id}` comes
/// `https://example.com/books/1`, but nothing with one more slash, as a value's own is
/// percent-encoded. Immutable: copies share it, and any thread may match.
///
/// Each variable may be undefined, a string, a list, or pairs of names and values, by the RFC's
/// appendix A. Strings are of bytes, so that a lone `%FF` comes of one, and the digits behind a '%'
/// may be small letters. Beyond that:
/// - A variable that comes twice is two: that it has the same value there is not asked.
/// - Names of pairs are as free as literals: of `{?q*}` comes `?a/b=1` too.
/// - Of a list of one empty string comes a '=' with nothing behind it: `;x=` of `{;x}`.
/// - A character beyond ASCII in the template's own text matches only percent-encoded.
///
/// Matching takes time linear in the text: usual templates directly, the others by RE2, whose
/// program and states take 256 KiB at most.
class FIBERCAST_API uri_template {
public:
    static constexpr std::size_t longest = 1024;       ///< In bytes.
    static constexpr std::size_t most_variables = 32;  ///< In all expressions together.

    /// Throws `std::invalid_argument`, with a sentence that says why, unless `text` is a template
    /// and no dearer than the limits allow. A long prefix, `{name:1000}`, is too dear.
    explicit uri_template(std::string_view text);

    /// Whether it is a template, whatever it costs to match.
    static bool is_well_formed(std::string_view text);

    /// The text is taken as it is, no part of it is normalised. Takes memory now and then, up to
    /// RE2's limit.
    bool matches(std::string_view text) const;

    /// What everything that matches begins with, for an index: all that is before the first
    /// expression, as each of them may come to nothing.
    std::string const& literal_prefix() const noexcept;

    /// 1 when it takes a regular expression, as `url_pattern::regexps`; else 0.
    std::size_t regexps() const noexcept;

private:
    class FIBERCAST_HIDDEN compiled;
    std::shared_ptr<compiled const> it_;
};

}  // namespace fibercast
