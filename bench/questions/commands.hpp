#pragma once

#include "contest/contest.hpp"
#include "contest/options.hpp"

namespace bench {

// One question each.

contest_result run_fanout(options const& settings);    ///< What does one delivered event cost?
contest_result run_burst(options const& settings);     ///< How fast do many reach many?
contest_result run_idle(options const& settings);      ///< What does a client cost that waits?
contest_result run_connect(options const& settings);   ///< What does a connect cost?
contest_result run_slow(options const& settings);      ///< Whom does a client hurt that is stuck?
contest_result run_topics(options const& settings);    ///< What do topics cost?
contest_result run_patterns(options const& settings);  ///< What do URL patterns cost?
contest_result run_tokens(options const& settings);    ///< What does a client with a token cost?
contest_result run_replay(options const& settings);    ///< What if all come back at once?
contest_result run_fibers(options const& settings);    ///< What does a fiber cost, without sockets?
contest_result run_compressed(options const& settings);  ///< What does compressing cost?
contest_result run_scale(options const& settings);       ///< How many clients does a machine hold?

/// Asks them all of every peer, and writes the answers as files. Returns the exit status.
int run_compare(options const& settings);

/// The clients alone, obeying lines on standard input: for `scale`. Returns the exit status.
int run_drive(options const& settings);

}  // namespace bench
