#pragma once

#include "clients/swarm.hpp"
#include "contest/contest.hpp"
#include "contest/samples.hpp"
#include "contest/server_process.hpp"

#include <cstdint>
#include <functional>

namespace bench {

/// One turn of a server: a fresh process, and clients that are not connected yet.
struct server_turn {
    options const& settings;
    contestant const& who;
    server_process& server;
    swarm& clients;
    progress& display;

    /// Publishes `count` messages from `first` on, back to back.
    void publish(std::uint32_t first, std::uint32_t count = 1);

    /// Publishes one when it is due. Its latencies count from then, so that neither a server nor a
    /// driver that falls behind can hide it.
    void publish_at(std::uint32_t number, swarm::clock::time_point due);

    /// Publishes one, and returns when every client that reads has it.
    void publish_and_wait(std::uint32_t number);

    /// The same for all messages of the settings, from `first` on. Returns how many milliseconds
    /// each took.
    samples publish_one_by_one(std::uint32_t first);
};

using server_turn_player = std::function<readings(server_turn&)>;

/// Waits until the server has about as many files open as before its clients came: nothing else
/// tells from outside that it has forgotten them.
void await_forgotten(server_turn& turn, std::size_t files_before);

/// `run_contest` for servers with clients. A contestant that loses a message, or mixes up their
/// order, has failed.
contest_result run_server_contest(options const& settings, server_turn_player const& play);

}  // namespace bench
