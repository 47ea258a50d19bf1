#pragma once

#include <fibercast/api.hpp>

#include <chrono>

namespace fibercast::datastar {

/// How long a page waits before it connects again, when no event has said otherwise. An event that
/// says just this is sent without it.
inline constexpr std::chrono::milliseconds default_retry_duration{1'000};

}  // namespace fibercast::datastar
