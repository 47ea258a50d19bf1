#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/handler.hpp>

#include <functional>

namespace fibercast {

/// Whether the process answers at all: 200, always.
FIBERCAST_API handler liveness();

/// Whether it should get more clients: 200, or 503 when `ready` says no. `ready` is called on any
/// worker and must not block.
FIBERCAST_API handler readiness(std::function<bool()> ready);

}  // namespace fibercast
