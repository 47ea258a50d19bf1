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
        exact,    ///< All of it.
        segment,  ///< What is before its last segment: `orders/` for `orders/*`.
        rest,     ///< What it begins with: `orders/` for `orders/**`, nothing for `*`.
    };

    std::string_view text;  ///< Part of the topic or pattern that it was made of.
    kind reach;
    std::size_t hash;

    bool operator==(topic_key const& other) const noexcept {
        return hash == other.hash && reach == other.reach && text == other.text;
    }

    static topic_key of_pattern(std::string_view pattern) noexcept;

    /// All keys of an event about that topic; linear in its length. Throws `std::bad_alloc`.
    static void append_keys_of(std::string_view topic, std::vector<topic_key>& to);
};

/// For hashed containers of keys.
struct topic_key_hash {
    std::size_t operator()(topic_key const& key) const noexcept { return key.hash; }
};

}  // namespace fibercast
