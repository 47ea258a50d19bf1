#pragma once

#include "history.hpp"
#include "topic_index.hpp"

#include <fibercast/sse/subscription.hpp>

#include <string>
#include <vector>

namespace fibercast {

/// What one member has subscribed to: its places in the index of its worker, and what it wants of the
/// history.
class member_topics final : public event_filter {
public:
    /// In the index; before anything suspends, `begin` says whose they are. Throws
    /// `std::invalid_argument` for more than 100, or one that is none, or `std::bad_alloc`.
    member_topics(subscription const& wants, topic_index& in);
    ~member_topics() { leave(); }
    member_topics(member_topics const&) = delete;
    member_topics& operator=(member_topics const&) = delete;

    void begin(member& who) noexcept;
    void leave() noexcept;

    bool may_want(topic_set_ptr const& topics) const noexcept override;
    /// The same for sure: asks the matchers. Not of a broadcast.
    bool want(topic_set const& topics) const noexcept;

    /// What it has in common with others of the same wishes. They go on to be known when it has left.
    std::vector<topic_subscribers_ptr> const& groups() const noexcept { return groups_; }
    /// As lists show them.
    std::vector<std::string> texts() const;

private:
    explicit member_topics(topic_index& in) : index_(in) {}

    topic_index& index_;
    std::vector<topic_place> places_;
    std::vector<topic_subscribers_ptr> groups_;
};

}  // namespace fibercast
