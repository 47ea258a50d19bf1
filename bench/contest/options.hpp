#pragma once

#include "contest/contestant.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace bench {

/// What the command line says. Every subcommand reads only the options that it has.
struct options {
    std::string command;
    std::vector<contestant> contestants;
    std::vector<int> server_cores;
    std::vector<int> driver_cores;
    std::vector<int> all_cores;  ///< that we may use
    std::chrono::milliseconds timeout{60'000};
    std::chrono::milliseconds settle{2'000};
    std::chrono::milliseconds rest{10'000};
    int clients = 15'000;
    int fibers = 1'000'000;
    int messages = 0;
    int warm_up = 300;  ///< messages to a few clients, before anything is measured
    int rounds = 5;
    int size = 32;                      ///< bytes of a message
    int rate = 0;                       ///< messages in a second; 0: back to back
    int processes = 11;                 ///< servers, and as many drivers
    int first_port = 20'080;            ///< of the servers, one each
    double slow_share = 0.01;           ///< of the clients
    double slow_rate = 0;               ///< the share of what is published that these read
    std::vector<std::string> policies;  ///< of ours, with slow clients; empty: those of interest
    int missed = 100;                   ///< messages, by those who come back
    int topics = 1'000;
    double changed = 0.2;              ///< share of a fragment's rows, from one to the next
    std::vector<std::string> codings;  ///< that are asked for; empty: all that a server has
    int own_topics = 1;                ///< of a client's three, with tokens
    std::string url;                   ///< whom `drive` connects to
    int first_source = 2;
    std::string json;                    ///< file; empty: none
    std::string output;                  ///< folder of the comparison's files
    std::vector<std::string> questions;  ///< of the comparison; empty: all
    std::vector<std::string> skipped;    ///< peers that cannot be run here, and why
};

}  // namespace bench
