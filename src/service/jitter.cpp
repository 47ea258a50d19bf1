#include "jitter.hpp"

#include <atomic>
#include <cstdint>

namespace fibercast {
namespace {

/// SplitMix64: any sequence of numbers becomes one without a pattern. The engines of <random> are
/// kilobytes of stack or state, and belong to one thread.
std::uint64_t scrambled(std::uint64_t number) noexcept {
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9;
    number = (number ^ (number >> 27)) * 0x94d049bb133111eb;
    return number ^ (number >> 31);
}

}  // namespace

std::chrono::milliseconds jitter(std::chrono::milliseconds least, std::chrono::milliseconds most) {
    static std::atomic<std::uint64_t> counter =
        static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
    auto const next = counter.fetch_add(0x9e3779b97f4a7c15, std::memory_order_relaxed);
    auto const choices = static_cast<std::uint64_t>((most - least).count()) + 1;
    return least + std::chrono::milliseconds(scrambled(next) % choices);
}

}  // namespace fibercast
