#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fibercast::app {

struct completion {
    std::vector<std::string_view> choices;  ///< The words that the last one may become.
    std::string insert;  ///< What all of them have in common beyond what is there.
};

/// How the last word of an unfinished line of input can go on.
completion completion_of(std::string_view line);

}  // namespace fibercast::app
