#pragma once

#include "clients/swarm.hpp"
#include "contest/contestant.hpp"
#include "contest/options.hpp"
#include "contest/progress.hpp"
#include "contest/scoreboard.hpp"
#include "contest/server_process.hpp"

#include <functional>
#include <optional>
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

/// One turn of a server: a fresh process, and clients that are not connected yet.
struct server_turn {
    options const& settings;
    contestant const& who;
    server_process& server;
    swarm& clients;
    progress& display;

    /// Publishes `count` messages from `first` on, back to back.
    void publish(std::uint32_t first, std::uint32_t count = 1);

    /// Publishes one, and returns when every client that reads has it.
    void publish_and_wait(std::uint32_t number);
};

using server_turn_player = std::function<readings(server_turn&)>;

/// Waits until the server has about as many files open as before its clients came: nothing else
/// tells from outside that it has forgotten them.
void await_forgotten(server_turn& turn, std::size_t files_before);

/// As above, for servers with clients. A contestant that loses a message, or mixes up their order,
/// has failed.
contest_result run_server_contest(options const& settings, server_turn_player const& play);

}  // namespace bench
