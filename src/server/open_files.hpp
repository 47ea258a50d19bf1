#pragma once

#include <cstddef>

namespace fibercast {

/// Raises this process's soft limit of open files to the hard limit and returns the limit.
std::size_t raise_open_file_limit() noexcept;

/// How many clients fit into `open_files`, with some descriptors kept back for the program itself.
std::size_t clients_within(std::size_t open_files) noexcept;

}  // namespace fibercast
