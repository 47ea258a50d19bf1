#pragma once

#include "options.hpp"

namespace bench {

// One question each. All return the exit status of the program.

int run_fanout(options const& settings);   ///< What does one delivered event cost?
int run_burst(options const& settings);    ///< How fast do many messages reach many clients?
int run_idle(options const& settings);     ///< What does a client cost that only waits?
int run_connect(options const& settings);  ///< What does a connect cost?
int run_fibers(options const& settings);   ///< What does a waiting fiber cost, without a socket?

}  // namespace bench
