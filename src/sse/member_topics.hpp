#pragma once

#include "history.hpp"
#include "topic_index.hpp"

#include <string>
#include <vector>

namespace fibercast {

/// What one member has subscribed to: its places in the index of its worker, and what it wants of the
/// history.
class member_topics final : public event_filter {
public:
    /// Not in the index yet. Throws `std::invalid_argument` for more than 100, or one that is none.
    member_topics(std::vector<std::string> const& patterns, topic_index& in);
    ~member_topics() { leave(); }
    member_topics(member_topics const&) = delete;
    member_topics& operator=(member_topics const&) = delete;

    /// Throws `std::bad_alloc`.
    void enter(member& who);
    void leave() noexcept;

    bool wants(topic_set_ptr const& topics) const noexcept override;

    /// What it has in common with others of the same wishes, while it is in the index.
    std::vector<topic_subscribers_ptr> const& groups() const noexcept { return groups_; }
    std::vector<std::string> const& patterns() const noexcept { return patterns_; }

private:
    topic_index& index_;
    std::vector<std::string> patterns_;  // sorted, each once
    std::vector<topic_place> places_;
    std::vector<topic_subscribers_ptr> groups_;
};

}  // namespace fibercast
