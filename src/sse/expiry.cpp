#include "expiry.hpp"

#include "member.hpp"

#include <chrono>

namespace fibercast {
namespace {

/// How long a stream that has ended may take for what is queued.
constexpr std::chrono::seconds for_last_bytes{1};

}  // namespace

void expiry::passed() noexcept {
    if (!whose_->expire()) start(after(for_last_bytes));
}

}  // namespace fibercast
