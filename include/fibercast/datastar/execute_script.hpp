#pragma once

#include <fibercast/api.hpp>
#include <fibercast/datastar/retry_duration.hpp>
#include <fibercast/sse/event.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fibercast::datastar {

/// The options of a script; those with their default are not sent.
struct execute_script_options {
    /// Whether its element goes when it has run.
    bool auto_remove = true;
    /// Of its element, in this order: `{"type", "module"}`. Values are escaped; one that is only
    /// there, such as `async`, has an empty value.
    std::vector<std::pair<std::string, std::string>> attributes = {};

    /// Empty: none, or the hub's.
    std::string event_id = {};
    std::chrono::milliseconds retry_duration = default_retry_duration;
};

/// The event that has a page run a script, by appending an element `<script>` to its body.
///
/// Throws `std::invalid_argument` for a script with `</script` or `<!--`, in any case, which would
/// end its element early or late: in a string of the script write `\x3C` for `<`. For an attribute
/// whose name is none; for CR, LF or NUL in an id; and for a negative time.
FIBERCAST_API event execute_script(std::string_view script, execute_script_options const& how = {});

}  // namespace fibercast::datastar
