#pragma once

#include "options.hpp"
#include "scoreboard.hpp"
#include "server_process.hpp"
#include "swarm.hpp"

#include <functional>
#include <string>
#include <vector>

namespace bench {

/// One contestant's turn in one round: a fresh server, and clients that are not connected yet.
struct turn {
    options const& settings;
    server_process& server;
    swarm& clients;
};

using turn_player = std::function<std::vector<reading>(turn const&)>;

/// Runs `play` in every round for every contestant in turns (A B A B ...: a noisy machine then
/// disturbs both alike), and prints the table. Returns the exit status: 1 if a message was lost or
/// came out of order.
int run_contest(options const& settings, turn_player const& play);

/// The line that makes a server broadcast message `number`, which is `size` bytes long.
std::string broadcast_line(std::uint32_t number, int size);

}  // namespace bench
