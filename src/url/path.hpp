#pragma once

#include <string>
#include <string_view>

namespace fibercast {

/// Appends the segments of `text`, which is what follows on a path's first '/', to a path in
/// canonical form: each as '/' and its bytes, encoded; "." and ".." take effect. A special scheme's
/// segments also end at a '\'.
void append_segments(std::string& path, std::string_view text, bool special);

/// Takes the last segment away, if there is one.
void shorten_path(std::string& path) noexcept;

/// `urn:`'s: kept as it is, but for what is no ASCII.
std::string opaque_path_of(std::string_view text, bool more_follows);

}  // namespace fibercast
