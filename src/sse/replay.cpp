#include "replay.hpp"

#include <algorithm>
#include <utility>

namespace fibercast {
namespace {

/// The broadcasts alone.
class general_stream final : public event_filter {
public:
    bool may_want(topic_set_ptr const& topics) const noexcept override { return !topics; }
};

std::vector<topic_subscribers_ptr> const no_topics;
std::shared_ptr<reader_rights const> const no_rights;

}  // namespace

replay::piece replay::next(std::uint64_t after, std::uint64_t last, member_terms const* terms) {
    auto const& of = terms != nullptr ? terms->topics().groups() : no_topics;
    auto const& rights = terms != nullptr ? terms->rights() : no_rights;
    for (auto const& each : remembered_) {
        if (each.found.what && each.after == after && each.found.through <= last && each.of == of &&
            (!each.found.by_rights || each.rights == rights))
            return each.found;
    }
    auto found = read(after, last, terms);
    if (found.what && !found.gap) {
        remembered_[oldest_] = {after, of, rights, found};
        oldest_ = (oldest_ + 1) % remembered_.size();
    }
    return found;
}

replay::piece replay::read(std::uint64_t after, std::uint64_t last, member_terms const* terms) {
    static general_stream const general;
    auto const& wanted =
        terms != nullptr ? static_cast<event_filter const&>(terms->topics()) : general;
    auto const before = after;
    read_.clear();  // there may have been no memory to join what another has read
    auto const through = order_.read_kept(after, last, wanted, read_);
    // What is not handed on yet still comes, also if it is not kept any more.
    if (!through)
        return {gap(gap_reason::too_old, std::nullopt, before), std::min(after, last), true};
    bool const by_rights = terms != nullptr && keep_what_is_for(*terms);
    piece found{read_.empty() ? nullptr : delivery::of(read_, held_), *through, false, by_rights};
    read_.clear();
    return found;
}

/// Outside the sequence's mutex: matchers and rights take their time.
bool replay::keep_what_is_for(member_terms const& terms) noexcept {
    bool by_rights = false;
    std::erase_if(read_, [&](publication const& each) {
        if (!each.topics) return false;
        if (!terms.topics().want(*each.topics)) return true;
        by_rights = by_rights || each.topics->is_private();
        return !terms.may_read(*each.topics);
    });
    return by_rights;
}

delivery_ptr replay::gap(gap_reason why, std::optional<std::uint64_t> missed,
                         std::optional<std::uint64_t> after) const {
    auto const place =
        after && order_.gives_ids() ? std::optional(order_.id_of(*after)) : std::nullopt;
    return delivery::of(gap_event(why, missed, place), held_);
}

}  // namespace fibercast
