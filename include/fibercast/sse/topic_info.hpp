#pragma once

#include <fibercast/api.hpp>

#include <cstddef>
#include <string>

namespace fibercast {

/// A topic, pattern or matcher that clients have subscribed to, at the moment the hub was asked. What
/// is written alike counts together.
struct topic_info {
    std::string topic;
    std::size_t clients = 0;
};

}  // namespace fibercast
