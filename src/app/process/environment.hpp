#pragma once

#include <string>

namespace fibercast::app {

/// A variable of the environment; empty when there is none. While there are no other threads.
std::string environment(char const* name);

}  // namespace fibercast::app
