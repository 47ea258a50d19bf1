#pragma once

#include <fibercast/api.hpp>
#include <fibercast/url/url.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace fibercast {

/// A pattern for URLs, such as `https://example.com/books/:id`, by the WHATWG's standard
/// (https://urlpattern.spec.whatwg.org), in the form of a constructor string, without `ignoreCase`.
/// Immutable: copies share it, and any thread may match.
///
/// Matching takes time linear in the URL: component by component, the usual wildcards directly and
/// the rest by RE2. Of a group with a regular expression of its own, `(\d+)`, only what RE2 and
/// ECMAScript read in the same way is accepted: no look-around, no references back, no names within
/// it, no sets within sets, no `\u`. The name of a group is of ASCII letters, digits, '_' and '$',
/// and no letter beyond ASCII may follow on it. What is refused never means anything else.
class FIBERCAST_API url_pattern {
public:
    static constexpr std::size_t longest = 4096;  ///< In bytes.

    /// Throws `std::invalid_argument`, with a sentence that says why, unless `text` is a pattern
    /// and no dearer than the limits allow. A relative one takes from `base` what is before it.
    url_pattern(std::string_view text, url const& base);

    bool matches(url const& it) const;

    /// What `url::location` of everything that matches begins with, for an index. It ends behind a
    /// '/' or the scheme's ':', or is empty when schemes vary: so a URL need only be held against
    /// the patterns under those beginnings of its location.
    std::string const& literal_prefix() const noexcept;

    /// How many of its components take a regular expression: each may come to take some 100 KiB, and
    /// as many microseconds for a long URL. Of usual patterns none does.
    std::size_t regexps() const noexcept;

private:
    class FIBERCAST_HIDDEN compiled;
    std::shared_ptr<compiled const> it_;
};

}  // namespace fibercast
