#pragma once

#include "counters.hpp"
#include "delivery.hpp"
#include "member_terms.hpp"
#include "publication.hpp"
#include "sequence.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
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
        delivery_ptr what;       ///< Null: nothing that is wanted.
        std::uint64_t through;   ///< The number up to which that is all.
        bool gap = false;        ///< `what` says that something is not kept any more.
        bool by_rights = false;  ///< Something there is private: others' rights, other pieces.
    };

    /// For who is through with everything up to `after`; nothing of it is behind `last`. `terms`:
    /// null for the general stream. Goes deep, does not suspend. Throws `std::bad_alloc`.
    piece next(std::uint64_t after, std::uint64_t last, member_terms const* terms);

    /// The id of the event with that number, if nothing that follows it is lost.
    std::optional<std::string> id_behind(std::uint64_t number) const {
        return order_.id_behind(number);
    }

    /// The event that tells of a loss. Throws `std::bad_alloc`.
    delivery_ptr gap(gap_reason why, std::optional<std::uint64_t> missed,
                     std::optional<std::uint64_t> after) const;

    /// Nobody reads any more for now.
    void forget() noexcept { remembered_.fill({}); }

private:
    struct remembered {
        std::uint64_t after = 0;
        std::vector<topic_subscribers_ptr> of;
        std::shared_ptr<reader_rights const> rights;
        piece found{};
    };

    piece read(std::uint64_t after, std::uint64_t last, member_terms const* terms);
    /// Leaves of what was read what is for a member. Returns whether its rights were asked.
    bool keep_what_is_for(member_terms const& terms) noexcept;

    sequence& order_;
    counter& held_;
    std::vector<publication> read_;
    std::array<remembered, 8> remembered_;
    std::size_t oldest_ = 0;
};

}  // namespace fibercast
