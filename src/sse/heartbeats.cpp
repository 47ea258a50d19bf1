#include "heartbeats.hpp"

#include "member.hpp"
#include "turn.hpp"

#include <fibercast/runtime/sleep.hpp>

#include <algorithm>
#include <new>

namespace fibercast {
namespace {

using namespace std::chrono_literals;

/// Heartbeats are due a quarter of the interval apart at most, and each round of all clients is
/// spread over this many steps, so that idle clients do not all wake at once.
constexpr int rounds_per_interval = 4;
constexpr std::size_t steps_per_round = 16;

}  // namespace

heartbeats::heartbeats(membership& among, sequence& published, std::chrono::milliseconds interval)
    : among_(among),
      published_(published),
      interval_(interval),
      comment_(membership::comment(comment_bytes_)) {}

void heartbeats::start(worker& home) {
    if (started_ || interval_.count() == 0) return;
    home.fibers().spawn([this] { serve(); });
    started_ = true;
}

void heartbeats::stop() noexcept {
    stopped_ = true;
    resting_.unpark();
}

void heartbeats::serve() {
    auto const step_time = interval_ / (rounds_per_interval * static_cast<int>(steps_per_round));
    auto const pause = std::max<std::chrono::milliseconds>(step_time, 1ms);
    for (std::size_t step = 0; !stopped_; step = (step + 1) % steps_per_round) {
        resting_.park(among_.members.empty() ? never : after(pause), wait_for::work);
        if (step == 0) renew_comment();
        auto const count = among_.members.size();
        keep_alive(count * step / steps_per_round, count * (step + 1) / steps_per_round);
        if (among_.counts.behind.value() == 0) among_.kept.forget();
        if (step == 0) published_.expire();
    }
}

/// For each round there is one that is compressed once for all. A second time it would not go on from
/// where the streams are, and those would forget what they have in common with what comes next.
void heartbeats::renew_comment() noexcept {
    try {
        comment_ = membership::comment(comment_bytes_);
    } catch (std::bad_alloc const&) {
        // The one before keeps alive, too.
    }
}

void heartbeats::keep_alive(std::size_t first, std::size_t last) {
    auto const now = member::clock::now();
    auto& members = among_.members;
    for (std::size_t sent = 0; first < std::min(last, members.size()); ++first) {
        if (!members[first].keep_alive(comment_, now, interval_)) continue;
        among_.counts.heartbeats.add(1);
        if (++sent % slice == 0) yield();
    }
}

}  // namespace fibercast
