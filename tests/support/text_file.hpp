#pragma once

#include <string>

/// The bytes of a file; `path` is relative to the folder of the tests. Throws `std::runtime_error`.
std::string text_file(std::string const& path);
