#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/request.hpp>

#include <span>
#include <string>
#include <string_view>

namespace fibercast {

/// Throws `std::invalid_argument`, with a sentence that says why, unless it is an origin as
/// browsers write it, `null` or `*`.
FIBERCAST_API void check_origin(std::string_view origin);

/// The same for each of them, and for `*` and `null`, which any page can be of.
FIBERCAST_API void check_known_origins(std::span<std::string const> origins);

/// Whether a page of one of these origins has asked, or nothing is changed by the asking: the
/// method is GET, HEAD, OPTIONS or QUERY. By `Origin`, or without it by the origin of
/// `Referer`. False when neither is there, or one of them comes twice: who may not be known may not
/// change anything.
///
/// Origins are as `check_known_origins` wants them, and compared byte for byte.
FIBERCAST_API bool is_from_origin(request const& asked,
                                  std::span<std::string const> origins) noexcept;

}  // namespace fibercast
