#pragma once

#include <fibercast/sse/client_info.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace fibercast::app {

/// The clients as an aligned table with a header, in the given order. Only the first `limit` of
/// them: a last line says how many more there are.
std::string client_table(std::span<client_info const> clients, std::size_t limit);

/// Those that have not taken everything that was sent to them, the worst first.
std::vector<client_info> slow_ones(std::vector<client_info> clients);

}  // namespace fibercast::app
