#pragma once

#include "options.hpp"

namespace fibercast::app {

/// Serves, and obeys what comes from standard input, until it is told to stop. Returns the exit
/// status: 0, or 1 when the server could not start.
int run(options const& chosen);

}  // namespace fibercast::app
