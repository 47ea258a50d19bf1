#pragma once

#include <fibercast/sse/subscription_matcher.hpp>

#include <cstddef>

namespace fibercast::mercure {

/// A matcher of subscribers, whom nobody need know: what it costs is bounded.
class known_matcher : public subscription_matcher {
public:
    /// How many regular expressions it takes, see `url_pattern::regexps`.
    virtual std::size_t regexps() const noexcept = 0;
};

}  // namespace fibercast::mercure
