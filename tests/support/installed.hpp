#pragma once

#include <string>

/// Whether a program of that name is found, as a shell finds it.
bool is_installed(std::string const& program);
