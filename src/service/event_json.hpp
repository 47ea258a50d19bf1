#pragma once

#include "outgoing.hpp"

#include <string_view>

namespace fibercast {

/// Reads `{"topics":["a"],"data":"text","event":"type","id":"7","retry":1000,"private":true}`, of
/// which each member may be missing. Throws `std::invalid_argument`, with a sentence that is safe to
/// print, for JSON that is none or something else.
event_fields event_from_json(std::string_view text);

}  // namespace fibercast
