#pragma once

#include <fibercast/api.hpp>
#include <fibercast/datastar/retry_duration.hpp>
#include <fibercast/sse/event.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace fibercast::datastar {

/// The options of such a patch; those with their default are not sent.
struct patch_signals_options {
    /// Whether signals that the page has already stay as they are.
    bool only_if_missing = false;

    /// Empty: none, or the hub's.
    std::string event_id = {};
    std::chrono::milliseconds retry_duration = default_retry_duration;
};

/// The event that patches a page's signals by a JSON Merge Patch (RFC 7386): a member sets a signal,
/// `null` removes it. `json` is an object, as text; what it says is not looked at. Where it comes
/// from there is a library for it: `boost::json::serialize`, for one.
///
/// Throws `std::invalid_argument` when there is none; for CR, LF or NUL in an id; and for a negative
/// time.
FIBERCAST_API event patch_signals(std::string_view json, patch_signals_options const& how = {});

}  // namespace fibercast::datastar
