#pragma once

#include <fibercast/http/request.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace fibercast::mercure {

/// What a publisher has posted (draft-dunglas-mercure-08, "Publication").
struct update {
    std::vector<std::string> topics;  ///< The first is the canonical one.
    std::string data;
    bool is_private = false;
    std::optional<std::string> id = {};
    std::optional<std::string> type = {};
    std::optional<std::chrono::milliseconds> retry = {};
};

/// In bytes: an id comes back in a field of every reconnect.
inline constexpr std::size_t longest_id = 512;
inline constexpr std::size_t longest_type = 256;

/// Reads the form. All rules are checked but the one for which the hub's URL must be known: that of
/// the reserved topics. Throws `request_error`, with a sentence that is safe to print: 413 for what
/// is too long or too many, 415 for what is no form, 400 for the rest.
update read_update(request const& asked);

}  // namespace fibercast::mercure
