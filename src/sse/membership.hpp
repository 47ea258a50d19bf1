#pragma once

#include "coding/windows.hpp"
#include "counters.hpp"
#include "delivery.hpp"
#include "id_index.hpp"
#include "replay.hpp"
#include "roster.hpp"
#include "sequence.hpp"
#include "taps.hpp"
#include "topic_index.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace fibercast {

class member;

/// The members of a hub on one worker, and what is counted of them.
struct membership {
    membership(sequence& order, std::atomic<std::size_t>& all)
        : kept(order, counts.held_bytes), population(all) {}

    /// What clients ignore, as it is delivered: to keep a stream alive, to open it, or only to wake
    /// it. `held` as in `delivery::of`. Throws `std::bad_alloc`.
    static delivery_ptr comment(counter& held);

    roster<member> members;
    id_index<member> by_id;
    topic_index topics;
    counters counts;
    fibercast::windows windows;
    replay kept;
    taps watched;
    /// The number of the last publication that the worker has begun to hand to its members: whoever
    /// is through with it has nothing to read of the history.
    std::uint64_t reached = 0;
    std::atomic<std::size_t>& population;  // of all workers
};

}  // namespace fibercast
