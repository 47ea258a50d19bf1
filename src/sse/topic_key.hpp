#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace fibercast {

/// Under what an event and those who have subscribed to it find each other. A subscriber has one key
/// for each of its topics or patterns; an event has all under which there may be subscribers.
struct topic_key {
    /// How much of a topic `text` is.
    enum kind : unsigned char {
        exact,     ///< All of it.
        segment,   ///< What is before its last segment: `orders/` for `orders/*`.
        rest,      ///< What it begins with: `orders/` for `orders/**`, nothing for `*`.
        spelling,  ///< What only matchers find: the beginning of a topic's other spelling.
        matcher,   ///< The name of a matcher. No event has one.
    };

    std::string_view text;  ///< Part of what it was made of.
    kind reach;
    std::size_t hash;

    bool operator==(topic_key const& other) const noexcept {
        return hash == other.hash && reach == other.reach && text == other.text;
    }

    /// An order of them, by hash.
    static bool before(topic_key const& a, topic_key const& b) noexcept {
        if (a.hash != b.hash) return a.hash < b.hash;
        if (a.reach != b.reach) return a.reach < b.reach;
        return a.text < b.text;
    }

    static topic_key of_topic(std::string_view topic) noexcept;
    static topic_key of_pattern(std::string_view pattern) noexcept;
    static topic_key of_matcher(std::string_view name) noexcept;
    /// Under which an event finds the matchers for what begins so: what is up to the last '/'.
    static topic_key of_prefix(std::string_view prefix) noexcept;

    /// All keys of an event about that topic; linear in its length. Throws `std::bad_alloc`.
    static void append_keys_of(std::string_view topic, std::vector<topic_key>& to);
    /// What it has in addition for another spelling of the topic. The same.
    static void append_keys_of_spelling(std::string_view spelling, std::vector<topic_key>& to);

    /// Whether there may be matchers under `as_prefix`.
    bool is_prefix() const noexcept { return reach == rest || reach == spelling; }
    topic_key as_prefix() const noexcept { return {text, rest, hash}; }
};

/// For hashed containers of keys.
struct topic_key_hash {
    std::size_t operator()(topic_key const& key) const noexcept { return key.hash; }
};

}  // namespace fibercast
