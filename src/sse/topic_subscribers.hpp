#pragma once

#include "roster.hpp"
#include "topic_key.hpp"
#include "topic_set.hpp"
#include "topic_wish.hpp"

#include <fibercast/sse/subscription_matcher.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace fibercast {

class member;
class topic_subscribers;

/// One member's place among those who have subscribed to one topic, pattern or matcher.
struct topic_place : roster_place {
    member* who = nullptr;
    boost::intrusive_ptr<topic_subscribers> in;
};

/// How the subscribers of a matcher are found.
struct matcher_place : roster_place {
    matcher_place(std::shared_ptr<subscription_matcher const> by, topic_subscribers& whose)
        : matcher(std::move(by)),
          prefix(topic_key::of_prefix(matcher->prefix())),
          prefix_is_whole(prefix.text.size() == matcher->prefix().size()),
          of(whose) {}

    std::shared_ptr<subscription_matcher const> const matcher;
    topic_key const prefix;
    bool const prefix_is_whole;  // not only up to the last '/'
    topic_subscribers& of;
    std::uint64_t asked = 0;  // the last question to the index in which it was asked
};

/// Those who have subscribed to one topic, pattern or matcher, on one worker. In the index while
/// there are some; who walks over them owns it meanwhile.
class topic_subscribers
    : public boost::intrusive_ref_counter<topic_subscribers, boost::thread_unsafe_counter> {
public:
    /// Throws `std::bad_alloc`.
    explicit topic_subscribers(topic_wish const& to);

    /// The topic, the pattern, or the name of the matcher.
    std::string const& text() const noexcept { return text_; }
    topic_key const& key() const noexcept { return key_; }
    /// Null: it is no matcher.
    matcher_place* matched() const noexcept { return matched_.get(); }

    /// Whether an event may be for them, without asking a matcher.
    bool may_want(topic_set const& topics) const noexcept {
        return matched_ ? topics.has_prefix(matched_->prefix) : topics.has(key_);
    }
    /// Whether it is.
    bool want(topic_set const& topics) const noexcept {
        return matched_ ? topics.is_for(*matched_->matcher) : topics.has(key_);
    }

    roster<topic_place> all;

private:
    std::string const text_;
    topic_key const key_;
    std::unique_ptr<matcher_place> const matched_;
};

using topic_subscribers_ptr = boost::intrusive_ptr<topic_subscribers>;

}  // namespace fibercast
