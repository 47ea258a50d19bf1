#pragma once

#include "contest/known_servers.hpp"
#include "contest/options.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace bench {

/// What the command line says of servers, before they are looked for.
struct server_choice {
    std::vector<std::string> servers;
    std::string url;
    std::string publish;
    pid_t pid = 0;
    std::string peers = default_peers_folder().string();
};

/// Whom and how many clients a question is about.
void add_server_options(CLI::App& app, options& own, server_choice& choice);

/// For servers that nobody knows.
void add_url_options(CLI::App& app, server_choice& choice);

/// Makes the contestants of what was chosen. Throws `failure` if one cannot run here.
void find_contestants(options& own, server_choice const& choice, bool servers_given);

}  // namespace bench
