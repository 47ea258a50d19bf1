#pragma once

#include "options.hpp"

#include <functional>

namespace fibercast::app {

/// Serves, and obeys what comes from standard input, until it is told to stop. Returns the exit
/// status: 0, or 1 when the server could not start. `read_again` is called at each SIGHUP, on a
/// thread of its own, and finds the options of then.
int run(options const& chosen, std::function<parsed_options()> const& read_again);

}  // namespace fibercast::app
