#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace bench {

/// What the command line says. Every subcommand reads only the options that it has.
struct options {
    std::string command;
    std::string server;   ///< command line of the server under test
    std::string against;  ///< command line of the server it is compared with, or empty
    std::vector<int> server_cores{0};
    std::vector<int> driver_cores{1};
    std::chrono::milliseconds timeout{60'000};
    std::chrono::milliseconds settle{3'000};
    int clients = 15'000;
    int fibers = 1'000'000;
    int messages = 20;
    int rounds = 5;
    int size = 32;  ///< bytes of a message
};

}  // namespace bench
