#include "stream_response.hpp"

#include <utility>

namespace fibercast {

response stream_response(any_body events, content_coding coding) {
    auto made = response(status::ok, std::move(events))
                    .header("Content-Type", "text/event-stream")
                    // No cache may hold it, no proxy may compress it, nginx may not collect it.
                    .header("Cache-Control", "no-cache, no-store, no-transform")
                    .header("X-Accel-Buffering", "no");
    if (coding != content_coding::identity) made.header("Content-Encoding", name_of(coding));
    return made;
}

}  // namespace fibercast
