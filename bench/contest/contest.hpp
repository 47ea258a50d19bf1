#pragma once

#include "contest/contestant.hpp"
#include "contest/options.hpp"
#include "contest/progress.hpp"
#include "contest/scoreboard.hpp"

#include <functional>
#include <string>
#include <vector>

namespace bench {

/// What came of all rounds of one question.
struct contest_result {
    std::string question;
    options settings;
    scoreboard board{};
    int rounds_done = 0;
    double others_share = 0;            ///< of the machine, taken by programs that are not ours
    std::vector<std::string> failed{};  ///< contestants that could not finish, and why
    bool interrupted = false;

    /// Exit status of a program: 0 if all is well.
    int status() const;
};

/// One turn of one contestant; throws `failure` if it cannot be finished.
using turn_player = std::function<readings(contestant const&, progress&)>;

/// Lets each contestant play in every round, in turns (A B A B ...: a noisy machine then disturbs
/// all alike). One that fails is out from then on. Ctrl-C ends it with what there is.
contest_result run_contest(options const& settings, turn_player const& play);

}  // namespace bench
