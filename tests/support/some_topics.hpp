#pragma once

#include <string>
#include <vector>

/// What random events are about, and what random clients subscribe to.
inline std::vector<std::string> const some_topics{"a", "b", "c/1", "c/2", "c/1/x", "c/"};
inline std::vector<std::string> const some_patterns{"a",    "b",     "c/1", "c/*",
                                                    "c/**", "c/1/*", "*",   "nobody's"};
