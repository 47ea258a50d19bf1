#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>

namespace fibercast::app {

/// Beyond how many clients more are told to come again; 0: none are. Where that was not `chosen`, so
/// many fewer than `connections` that those who come to a full server get a connection to be told so
/// on: who waits unaccepted hangs.
constexpr std::size_t most_clients(std::optional<std::size_t> chosen,
                                   std::size_t connections) noexcept {
    constexpr std::size_t kept_back = 256;
    return chosen.value_or(connections - std::min(kept_back, connections / 8));
}

}  // namespace fibercast::app
