#pragma once

#include <fibercast/api.hpp>

#include <cstddef>
#include <string>

namespace fibercast {

/// A topic as an event carries it.
struct event_topic {
    /// What clients subscribe to, byte for byte or by a pattern (`topic.hpp`).
    std::string text;
    /// What a `subscription_matcher` is shown in its place, for instance the text as a whole URL in
    /// its normal form. Up to four times as long as a topic, and nothing else is asked of it. Empty:
    /// it is shown the text.
    std::string spelling = {};

    std::string const& as_matched() const noexcept { return spelling.empty() ? text : spelling; }

    bool operator==(event_topic const&) const = default;
};

inline constexpr std::size_t longest_spelling = 4096;  ///< In bytes.

}  // namespace fibercast
