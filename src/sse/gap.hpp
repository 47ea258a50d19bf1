#pragma once

#include <fibercast/http/chunk.hpp>
#include <fibercast/sse/event_id.hpp>

#include <cstdint>
#include <optional>

namespace fibercast {

/// Why events are missing in a client's stream.
enum class gap_reason : unsigned char {
    too_old,      ///< The history does not reach back to where it was.
    unknown_id,   ///< The id that it came back with is of no event that is known.
    other_epoch,  ///< It is of another life of the hub, before a restart for instance.
    dropped,      ///< Its outbox was full, and the policy threw them away.
};

/// The event that says so, in the stream itself:
/// `data: {"reason":"dropped","missed":3,"after":"#k3f9x2-17"}`. `missed`: how many, if that is
/// known. `after`: the place behind which they are missing, if that is. It has no id, so that who
/// reads it keeps its place. Throws `std::bad_alloc`.
chunk_ptr gap_event(gap_reason why, std::optional<std::uint64_t> missed,
                    std::optional<event_id> after);

}  // namespace fibercast
