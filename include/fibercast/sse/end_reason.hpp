#pragma once

#include <fibercast/api.hpp>

#include <cstddef>
#include <string_view>

namespace fibercast {

/// Why a client's stream has ended: the first of these that happened to it.
enum class end_reason : unsigned char {
    peer,      ///< The client has gone.
    slow,      ///< Its outbox was full, and the policy ended it.
    kicked,    ///< `hub::kick`.
    drained,   ///< The server stops.
    expired,   ///< Its time was over: `subscription::ends_at`.
    failed,    ///< A write has failed, or there was no memory for it.
    finished,  ///< The handler is done with it: `client::end`, or no stream was made of it.
};

inline constexpr std::size_t end_reasons = 7;

/// Whether the client should come back: its response then ends unfinished
/// (`output::leave_unfinished`). All but `peer`, who has gone by itself, and `finished`.
FIBERCAST_API bool comes_back_after(end_reason why) noexcept;

/// "peer", "slow" and so on.
FIBERCAST_API std::string_view name_of(end_reason why) noexcept;

}  // namespace fibercast
