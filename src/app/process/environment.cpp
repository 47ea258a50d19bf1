#include "environment.hpp"

#include <cstdlib>

namespace fibercast::app {

std::string take_environment(char const* name) {
    // NOLINTBEGIN(concurrency-mt-unsafe): there are no other threads yet
    char const* const value = std::getenv(name);
    std::string taken(value == nullptr ? "" : value);
    ::unsetenv(name);
    // NOLINTEND(concurrency-mt-unsafe)
    return taken;
}

}  // namespace fibercast::app
