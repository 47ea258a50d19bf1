#pragma once

#include <string>

namespace fibercast::app {

/// The value of a variable, which leaves the environment; empty when there is none. What a service
/// manager tells this process is not for those that it may start. While there are no other threads.
std::string take_environment(char const* name);

}  // namespace fibercast::app
