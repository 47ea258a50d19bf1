#pragma once

#include <fibercast/api.hpp>

namespace fibercast {

/// What became of an event for one client.
enum class send_result : unsigned char {
    taken,      ///< It is in the client's outbox.
    dropped,    ///< The outbox was full, and the policy threw it away (`drop_newest`).
    gone,       ///< There is no such client, or no longer: the policy may just have ended it.
    timed_out,  ///< It was not taken by the deadline, and will not be.
};

}  // namespace fibercast
