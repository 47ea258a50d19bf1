#pragma once

#include <string>
#include <string_view>

namespace fibercast::app {

/// The whole lines of an event stream, safe to print, without those that clients ignore. What is
/// behind the last end of a line is left out.
std::string event_lines(std::string_view stream);

}  // namespace fibercast::app
