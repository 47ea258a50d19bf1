#pragma once

#include "known_matcher.hpp"

#include <fibercast/access/topic_matcher.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace fibercast::mercure {

/// A topic selector of the protocol's versions 0.x that is a URI Template, for the hub's events. Its
/// topics must be spelled as they are.
class selector_matcher final : public known_matcher {
public:
    /// Throws as `topic_matcher::from_selector`.
    explicit selector_matcher(std::string_view text);

    std::string_view name() const noexcept override { return name_; }
    std::string_view prefix() const noexcept override { return what_.text_prefix(); }
    bool matches(std::string_view topic) const noexcept override;
    std::size_t regexps() const noexcept override;

private:
    std::string const name_;
    topic_matcher const what_;
};

}  // namespace fibercast::mercure
