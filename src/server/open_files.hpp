#pragma once

#include <cstddef>

namespace fibercast {

/// Raises this process's soft limit of open files to the hard limit and returns the limit.
std::size_t raise_open_file_limit() noexcept;

/// How many descriptors this process has open; an estimate where /proc is missing.
std::size_t open_files() noexcept;

/// How many clients fit beside the descriptors that are open, of which `limit` may be. Some are
/// kept back for what the program opens later: an eighth of the room, at most 240.
std::size_t clients_within(std::size_t limit, std::size_t open) noexcept;

}  // namespace fibercast
