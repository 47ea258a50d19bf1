#pragma once

#include "contest/server_contest.hpp"

#include <cstdint>

namespace bench {

/// Publishes message `number` to each topic of the contestant, all that may be in one request, and
/// returns when every client has it. Each client must have subscribed to one of the topics.
void publish_to_topics(server_turn& turn, std::uint32_t number);

/// Connects everybody, and publishes so the first few messages, which are not measured.
void settle_topics(server_turn& turn);

/// The same for all messages of the settings, behind those. Returns how many milliseconds each
/// took.
samples publish_to_topics_one_by_one(server_turn& turn);

}  // namespace bench
