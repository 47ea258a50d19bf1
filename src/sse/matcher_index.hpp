#pragma once

#include "roster.hpp"
#include "topic_key.hpp"
#include "topic_set.hpp"
#include "topic_subscribers.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fibercast {

/// The matchers that clients of one worker have subscribed by, under what their topics begin with: an
/// event asks those that its own topics begin like, each once.
class matcher_index {
public:
    matcher_index() = default;
    matcher_index(matcher_index const&) = delete;
    matcher_index& operator=(matcher_index const&) = delete;

    /// Throws `std::bad_alloc`, and then has not.
    void add(matcher_place& one);
    /// It must be in.
    void remove(matcher_place& one) noexcept;

    /// Appends the subscribers of the matchers that are for an event, each once.
    void append_subscribers(topic_set const& of, std::vector<topic_subscribers_ptr>& to);

private:
    /// The matchers with one prefix.
    struct shelf {
        explicit shelf(topic_key const& like)
            : prefix(like.text), key{prefix, like.reach, like.hash} {}

        std::string const prefix;
        topic_key const key;
        roster<matcher_place> all;
    };

    void find_topics_below(std::string_view prefix, topic_set const& of);
    bool is_for_one_below(matcher_place const& one) const noexcept;

    // The keys refer to the shelves' own texts.
    std::unordered_map<topic_key, std::unique_ptr<shelf>, topic_key_hash> shelves_;
    std::uint64_t questions_ = 0;
    std::vector<std::string_view> below_;  // an event's topics that begin like a shelf
};

}  // namespace fibercast
