#include "topic_key.hpp"

#include <random>

namespace fibercast {
namespace {

/// Hashes a text byte by byte, so that all beginnings of one are hashed while it is. Begins with
/// something random: strangers choose topics, and must not choose those that collide.
class running_hash {
public:
    void add(char character) noexcept {
        state_ = (state_ ^ static_cast<unsigned char>(character)) * 0x9e3779b97f4a7c15u;
        state_ ^= state_ >> 29u;
    }
    void add(std::string_view text) noexcept {
        for (char const each : text) add(each);
    }
    std::size_t value(topic_key::kind reach) const noexcept {
        auto mixed = (state_ ^ (std::uint64_t{reach} + 1)) * 0xbf58476d1ce4e5b9u;
        return static_cast<std::size_t>(mixed ^ (mixed >> 32u));
    }

private:
    static std::uint64_t seed() {
        static std::uint64_t const chosen = [] {
            std::random_device device;
            return std::uint64_t{device()} << 32u | device();
        }();
        return chosen;
    }

    std::uint64_t state_ = seed();
};

topic_key key(std::string_view text, topic_key::kind reach) noexcept {
    running_hash hash;
    hash.add(text);
    return {text, reach, hash.value(reach)};
}

}  // namespace

topic_key topic_key::of_topic(std::string_view topic) noexcept { return key(topic, exact); }

topic_key topic_key::of_matcher(std::string_view name) noexcept { return key(name, matcher); }

topic_key topic_key::of_prefix(std::string_view prefix) noexcept {
    return key(prefix.substr(0, prefix.rfind('/') + 1), rest);
}

topic_key topic_key::of_pattern(std::string_view pattern) noexcept {
    if (pattern == "*") return key({}, rest);
    if (pattern.ends_with("/**")) return key(pattern.substr(0, pattern.size() - 2), rest);
    if (pattern.ends_with("/*")) return key(pattern.substr(0, pattern.size() - 1), segment);
    return key(pattern, exact);
}

void topic_key::append_keys_of(std::string_view topic, std::vector<topic_key>& to) {
    running_hash hash;
    to.push_back({{}, rest, hash.value(rest)});
    std::size_t last_segment = 0;  // the key of what is before it
    for (std::size_t i = 0; i < topic.size(); ++i) {
        hash.add(topic[i]);
        if (topic[i] != '/') continue;
        auto const before = topic.substr(0, i + 1);
        to.push_back({before, rest, hash.value(rest)});
        if (last_segment == 0) to.push_back({}), last_segment = to.size() - 1;
        to[last_segment] = {before, segment, hash.value(segment)};
    }
    to.push_back({topic, exact, hash.value(exact)});
}

/// Hashed as the prefixes are that it is compared with.
void topic_key::append_keys_of_spelling(std::string_view text, std::vector<topic_key>& to) {
    running_hash hash;
    for (std::size_t i = 0; i < text.size(); ++i) {
        hash.add(text[i]);
        if (text[i] == '/') to.push_back({text.substr(0, i + 1), spelling, hash.value(rest)});
    }
}

}  // namespace fibercast
