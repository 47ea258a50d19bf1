#pragma once

#include "counters.hpp"
#include "delivery.hpp"
#include "sequence.hpp"

#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/worker.hpp>

#include <chrono>
#include <cstddef>

namespace fibercast {

struct membership;

/// Keeps the idle members of one worker alive, in one fiber for all of them, and looks now and then
/// for what the history need not keep any more. Belongs to that worker.
class heartbeats {
public:
    /// `interval`: of a client that is idle; 0: none. All must outlive it.
    heartbeats(membership& among, sequence& published, std::chrono::milliseconds interval);

    /// Idempotent. Throws `std::bad_alloc`, and then can be called again.
    void start(worker& home);
    /// Somebody has come where nobody was.
    void resume() noexcept { resting_.unpark(); }
    void stop() noexcept;

    /// What clients ignore: also to be put where a stream is only to be woken.
    delivery_ptr const& comment() const noexcept { return comment_; }

private:
    void serve();
    void renew_comment() noexcept;
    void keep_alive(std::size_t first, std::size_t last);

    membership& among_;
    sequence& published_;
    std::chrono::milliseconds const interval_;
    counter comment_bytes_;  // always held, and no client's
    delivery_ptr comment_;
    parking_spot resting_;
    bool started_ = false;
    bool stopped_ = false;
};

}  // namespace fibercast
