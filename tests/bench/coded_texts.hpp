#pragma once

#include <string>
#include <string_view>
#include <vector>

/// `pieces` in a content coding, `gzip`, `br`, `zstd` or `identity`, each flushed so that it can be
/// read without what follows: one coded text for each. `ended`: and the coding has an end.
std::vector<std::string> coded(std::string_view coding, std::vector<std::string> const& pieces,
                               bool ended = false);
