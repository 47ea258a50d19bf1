#pragma once

#include <span>
#include <string_view>

namespace fibercast::app {

/// What there is to say about the program besides its options.
struct usage_note {
    std::string_view heading;
    std::string_view text;  ///< Sentences, in lines as `--help` shows them.
};

/// In their order.
std::span<usage_note const> usage_notes() noexcept;

}  // namespace fibercast::app
