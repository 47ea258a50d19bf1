#pragma once

namespace fibercast {

/// A compact fiber is about to wait with its frames on the stage, because others point into them:
/// the other compact fibers of its worker wait meanwhile. Said once in the log.
void keeps_stage() noexcept;

/// The same, in a way that the library does not know. Debug builds end the program with a message.
void waits_unknown() noexcept;

#ifdef NDEBUG
inline constexpr bool aborts_at_unknown_waits = false;
#else
inline constexpr bool aborts_at_unknown_waits = true;
#endif

}  // namespace fibercast
