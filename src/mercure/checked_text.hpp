#pragma once

#include <cstddef>
#include <string_view>

namespace fibercast::mercure {

/// Throws `request_error` unless it is UTF-8 without control and format characters, which no topic,
/// id or type has; 413 for more bytes than that. `what` is what it is called.
void check_text(std::string_view what, std::string_view text, std::size_t longest);

}  // namespace fibercast::mercure
