#include "request_body.hpp"

#include <algorithm>
#include <atomic>

namespace fibercast {
namespace {

std::atomic<std::uint64_t> held = 0;

/// Smaller bodies are inside the string itself.
constexpr std::size_t least = 64;

}  // namespace

request_body::~request_body() { held.fetch_sub(counted_, std::memory_order_relaxed); }

std::uint64_t request_body::held_by_all() noexcept { return held.load(std::memory_order_relaxed); }

bool request_body::append(std::string_view bytes) {
    auto const needed = bytes_.size() + bytes.size();
    // As it arrives, and not as its header promises: a promise costs the peer nothing.
    auto const twice = std::min<std::uint64_t>(2 * bytes_.capacity(), largest_);
    if (needed > bytes_.capacity() && !hold(std::max<std::size_t>({needed, twice, least})))
        return false;
    bytes_.append(bytes);
    return true;
}

bool request_body::hold(std::size_t size) {
    auto const more = size - counted_;
    if (held.fetch_add(more, std::memory_order_relaxed) + more > most_) {
        held.fetch_sub(more, std::memory_order_relaxed);
        return false;
    }
    counted_ = size;
    // Not its own `reserve`, which takes twice what it has, and so more than was counted.
    std::string larger;
    larger.reserve(size);
    bytes_.swap(larger.append(bytes_));
    return true;
}

}  // namespace fibercast
