#pragma once

#include <string>

namespace fibercast::mercure {

/// A URN that nobody else has, and nobody can guess: `urn:uuid:...` of version 4. Any thread.
std::string new_id();

}  // namespace fibercast::mercure
