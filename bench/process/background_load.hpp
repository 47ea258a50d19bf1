#pragma once

#include <chrono>

namespace bench {

/// Tells how much of the machine other programs took while we measured: even on cores that they
/// leave to us they share caches and memory, and figures taken beside a compiler are worth little.
class background_load {
public:
    background_load();

    /// The share of all cores' time since the construction, 0 to 1. Counts our children once they
    /// have been waited for.
    double share() const;

private:
    std::chrono::steady_clock::time_point start_;
    double busy_;  // seconds, of all cores
    double ours_;
};

}  // namespace bench
