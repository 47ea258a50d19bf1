#pragma once

#include <fibercast/http/handler.hpp>

#include <functional>

namespace fibercast {

/// Whether the process answers at all: 200, always.
handler liveness();

/// Whether it should get more clients: 200, or 503 when `ready` says no. `ready` is called on any
/// worker and must not block.
handler readiness(std::function<bool()> ready);

}  // namespace fibercast
