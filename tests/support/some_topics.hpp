#pragma once

#include <string>
#include <utility>
#include <vector>

/// What random events are about, and what random clients subscribe to.
inline std::vector<std::string> const some_topics{"a", "b", "c/1", "c/2", "c/1/x", "c/"};
inline std::vector<std::string> const some_patterns{"a",    "b",     "c/1", "c/*",
                                                    "c/**", "c/1/*", "*",   "nobody's"};

/// The same, where what looks like a pattern may be a topic.
inline std::vector<std::string> const any_topics{"a", "b", "c/1", "c/2", "c/1/x", "c/", "c/*", "*"};

/// As matchers see a topic of these: some have another spelling for them.
inline std::string spelling_of(std::string const& topic) {
    return topic.starts_with("c/") ? "C:/" + topic : topic;
}
/// How these begin and end.
inline std::vector<std::pair<std::string, std::string>> const some_endings{
    {"", "1"}, {"C:/", "x"}, {"C:/c/", "1"}, {"C:/c/1/", ""}, {"c/", "1"}, {"", "*"}};
