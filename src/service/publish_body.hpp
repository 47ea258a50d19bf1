#pragma once

#include "outgoing.hpp"

#include <fibercast/http/request.hpp>

#include <string_view>
#include <vector>

namespace fibercast {

/// What a request wants to publish.
struct publish_body {
    std::vector<outgoing> events;
    bool lines = false;  ///< One for each line, however many these are.
};

/// Whom the events of a request are for, by its route.
enum class publish_target {
    all,     ///< They have no topics.
    topic,   ///< The topic that is the route's parameter, and those that they name.
    topics,  ///< Those that they name, at least one.
};

/// All that is wrong is said before anything is published: throws `std::invalid_argument`, with a
/// sentence that is safe to print, or `request_error`.
publish_body read_publish_body(request const& asked, publish_target to);

}  // namespace fibercast
