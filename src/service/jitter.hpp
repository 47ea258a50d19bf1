#pragma once

#include <chrono>

namespace fibercast {

/// A time between the two, of no pattern: so that those who are sent away together do not come back
/// together. Any thread.
std::chrono::milliseconds jitter(std::chrono::milliseconds least, std::chrono::milliseconds most);

}  // namespace fibercast
