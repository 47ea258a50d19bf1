#pragma once

#include <cstddef>

/// How many descriptors this process has open.
std::size_t open_descriptors();
