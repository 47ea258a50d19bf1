#pragma once

#include <fibercast/runtime/deadline.hpp>

#include <poll.h>

#include <span>

namespace fibercast::app {

/// Blocks until one of the descriptors is ready; a deadline in the past only looks. False: the time
/// was up.
bool poll_until(std::span<pollfd> wanted, deadline until = never) noexcept;

}  // namespace fibercast::app
