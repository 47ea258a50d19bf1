#pragma once

#include "known_matcher.hpp"

#include <fibercast/url/url_pattern.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace fibercast::mercure {

/// A URL pattern, for the hub's events. Its topics must be spelled as `url_spelling` does.
class pattern_matcher final : public known_matcher {
public:
    /// Throws as `url_pattern`.
    pattern_matcher(std::string_view text, url const& hub);

    std::string_view name() const noexcept override { return name_; }
    std::string_view prefix() const noexcept override { return pattern_.literal_prefix(); }
    bool matches(std::string_view topic) const noexcept override;
    std::size_t regexps() const noexcept override { return pattern_.regexps(); }

private:
    std::string const name_;
    url_pattern const pattern_;
};

}  // namespace fibercast::mercure
