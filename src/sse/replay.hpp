#pragma once

#include "counters.hpp"
#include "delivery.hpp"
#include "member_topics.hpp"
#include "publication.hpp"
#include "sequence.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace fibercast {

/// What the members of one worker read of the history, piece by piece. The last pieces are
/// remembered: many who come back at once have been at few places, so that a storm of them joins
/// each piece once. Belongs to that worker.
class replay {
public:
    replay(sequence& of, counter& held) : order_(of), held_(held) {
        read_.reserve(sequence::reader::most_at_once);
    }

    /// What comes next.
    struct piece {
        delivery_ptr what;      ///< Null: nothing that is wanted.
        std::uint64_t through;  ///< The number up to which that is all.
        bool gap = false;       ///< `what` says that something is not kept any more.
    };

    /// For who is through with everything up to `after`; nothing of it is behind `last`. `topics`:
    /// null for the general stream. Goes deep, does not suspend. Throws `std::bad_alloc`.
    piece next(std::uint64_t after, std::uint64_t last, member_topics const* topics);

    /// The event that tells of a loss. Throws `std::bad_alloc`.
    delivery_ptr gap(gap_reason why, std::optional<std::uint64_t> missed,
                     std::optional<std::uint64_t> after) const;

    /// Nobody reads any more for now.
    void forget() noexcept { remembered_.fill({}); }

private:
    struct remembered {
        std::uint64_t after = 0;
        std::vector<topic_subscribers_ptr> of;
        piece found{};
    };

    piece read(std::uint64_t after, std::uint64_t last, member_topics const* topics);

    sequence& order_;
    counter& held_;
    std::vector<publication> read_;
    std::array<remembered, 8> remembered_;
    std::size_t oldest_ = 0;
};

}  // namespace fibercast
