#include "replay.hpp"

#include <algorithm>
#include <utility>

namespace fibercast {
namespace {

/// The broadcasts alone.
class general_stream final : public event_filter {
public:
    bool wants(topic_set_ptr const& topics) const noexcept override { return !topics; }
};

std::vector<topic_subscribers_ptr> const no_topics;

}  // namespace

replay::piece replay::next(std::uint64_t after, std::uint64_t last, member_topics const* topics) {
    auto const& of = topics != nullptr ? topics->groups() : no_topics;
    for (auto const& each : remembered_) {
        if (each.found.what && each.after == after && each.found.through <= last && each.of == of)
            return each.found;
    }
    auto found = read(after, last, topics);
    if (found.what && !found.gap) {
        remembered_[oldest_] = {after, of, found};
        oldest_ = (oldest_ + 1) % remembered_.size();
    }
    return found;
}

replay::piece replay::read(std::uint64_t after, std::uint64_t last, member_topics const* topics) {
    static general_stream const general;
    auto const& wanted = topics != nullptr ? static_cast<event_filter const&>(*topics) : general;
    auto const before = after;
    auto const through = order_.read_kept(after, last, wanted, read_);
    // What is not handed on yet still comes, also if it is not kept any more.
    if (!through)
        return {gap(gap_reason::too_old, std::nullopt, before), std::min(after, last), true};
    piece found{read_.empty() ? nullptr : delivery::of(read_, held_), *through};
    read_.clear();
    return found;
}

delivery_ptr replay::gap(gap_reason why, std::optional<std::uint64_t> missed,
                         std::optional<std::uint64_t> after) const {
    auto const place =
        after && order_.gives_ids() ? std::optional(order_.id_of(*after)) : std::nullopt;
    return delivery::of(gap_event(why, missed, place), held_);
}

}  // namespace fibercast
