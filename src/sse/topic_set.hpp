#pragma once

#include "topic_key.hpp"

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace fibercast {

/// What an event is about, shared by all who deliver it. Immutable.
class topic_set : public boost::intrusive_ref_counter<topic_set> {
public:
    /// Throws `std::invalid_argument` for none, too many, or one that is no topic.
    explicit topic_set(std::vector<std::string> topics);

    /// Under which its subscribers are found: each once, by hash.
    std::span<topic_key const> keys() const noexcept { return keys_; }
    bool has(topic_key const& key) const noexcept;

    /// What it takes in memory.
    std::size_t bytes() const noexcept { return bytes_; }

    bool operator==(topic_set const& other) const noexcept { return topics_ == other.topics_; }

private:
    std::vector<std::string> topics_;  // sorted, each once; what the keys refer to
    std::vector<topic_key> keys_;
    std::size_t bytes_ = sizeof(topic_set);
};

/// Null: everyone gets it.
using topic_set_ptr = boost::intrusive_ptr<topic_set const>;

inline bool alike(topic_set_ptr const& a, topic_set_ptr const& b) noexcept {
    return a == b || (a && b && *a == *b);
}

}  // namespace fibercast
