#pragma once

#include <fibercast/api.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fibercast {

/// What a fiber waits for.
enum class wait_for : std::uint8_t {
    turn,          ///< Nothing: it runs, or is ready to.
    something,     ///< Nobody has said what.
    item,          ///< An item of a channel.
    room,          ///< Room in a channel.
    time,          ///< The end of a sleep.
    input,         ///< Its peer to send something.
    output,        ///< Its peer to take something.
    connection,    ///< A listener: the next connection.
    event,         ///< A stream: the next event.
    client,        ///< A sender: room for an event in a client's channel.
    publication,   ///< A hub on its worker: the next event for all.
    work,          ///< One of a worker's own fibers: something to do.
    blocking,      ///< A side thread, in `blocking()`.
    other_thread,  ///< Another thread or worker.
    fibers,        ///< The fibers of a group to end.
};

inline constexpr std::size_t wait_for_count = static_cast<std::size_t>(wait_for::fibers) + 1;

/// For humans, as what is behind "waits for".
FIBERCAST_API std::string_view name_of(wait_for what) noexcept;

}  // namespace fibercast
