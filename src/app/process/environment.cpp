#include "environment.hpp"

#include <cstdlib>

namespace fibercast::app {

std::string environment(char const* name) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets one
    char const* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

}  // namespace fibercast::app
