#pragma once

#include "roster.hpp"
#include "topic_key.hpp"
#include "topic_set.hpp"

#include <fibercast/sse/topic_info.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fibercast {

class member;
class topic_subscribers;

/// One member's place among those who have subscribed to one topic or pattern.
struct topic_place : roster_place {
    member* who = nullptr;
    boost::intrusive_ptr<topic_subscribers> in;
};

/// Those who have subscribed to one topic or pattern, on one worker. In the index while there are
/// some; who walks over them owns it meanwhile.
class topic_subscribers
    : public boost::intrusive_ref_counter<topic_subscribers, boost::thread_unsafe_counter> {
public:
    explicit topic_subscribers(std::string pattern)
        : pattern_(std::move(pattern)), key_(topic_key::of_pattern(pattern_)) {}

    std::string const& pattern() const noexcept { return pattern_; }
    topic_key const& key() const noexcept { return key_; }

    roster<topic_place> all;

private:
    std::string const pattern_;
    topic_key const key_;
};

using topic_subscribers_ptr = boost::intrusive_ptr<topic_subscribers>;

/// Who gets what, on one worker: finds the subscribers of an event in as many steps as it has keys,
/// however many topics, patterns and members there are.
class topic_index {
public:
    topic_index() = default;
    topic_index(topic_index const&) = delete;
    topic_index& operator=(topic_index const&) = delete;

    /// Adds the place. Throws `std::bad_alloc`, and then has not.
    void add(topic_place& place, std::string const& pattern);
    void remove(topic_place& place) noexcept;

    /// Appends the groups of those who have subscribed to an event; one may be in several of them.
    void append_subscribers(topic_set const& of, std::vector<topic_subscribers_ptr>& to) const;

    void append_topics(std::vector<topic_info>& to) const;
    std::size_t size() const noexcept { return groups_.size(); }

private:
    // The keys refer to the groups' own texts.
    std::unordered_map<topic_key, topic_subscribers_ptr, topic_key_hash> groups_;
};

}  // namespace fibercast
