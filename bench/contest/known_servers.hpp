#pragma once

#include "contest/contestant.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace bench {

/// Where peers are described: a folder each, with an executable `peer` that obeys `about`,
/// `build FOLDER`, `serve FOLDER PORT` and perhaps `crowd FOLDER` (see docs/benchmarks.md).
std::filesystem::path default_peers_folder();

/// The contestant that `server` names: `fibercast`, `fibercast-compact` (no server, but its compact
/// fibers), `floor`, `floor-gathered`, the folder of a peer, `NAME=COMMAND`, or a command. Builds what must be built. Throws `failure` if a peer cannot
/// be run here.
contestant known_server(std::string const& server, std::filesystem::path const& peers);

struct peers_found {
    std::vector<contestant> ready;
    std::vector<std::string> skipped;  ///< and why
};

/// All peers that can be run on this machine, in the order of their names.
peers_found find_peers(std::filesystem::path const& peers);

}  // namespace bench
