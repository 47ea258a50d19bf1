#pragma once

#include <cstddef>
#include <string>

namespace fibercast {

/// A topic or pattern that clients have subscribed to, at the moment the hub was asked.
struct topic_info {
    std::string topic;
    std::size_t clients = 0;
};

}  // namespace fibercast
