#pragma once

#include <chrono>
#include <exception>

namespace bench {

/// Ctrl-C was pressed: thrown out of every wait, so that what was measured so far can be printed.
class interruption : public std::exception {
public:
    char const* what() const noexcept override { return "interrupted"; }
};

/// No wait may be longer than this without a call of `throw_if_interrupted`.
constexpr std::chrono::milliseconds longest_wait{100};

/// From now on the first SIGINT or SIGTERM is only noted; a second one ends the program at once.
void note_interruptions();

void throw_if_interrupted();

/// Sleeps, unless it is interrupted.
void pause_for(std::chrono::milliseconds duration);

}  // namespace bench
