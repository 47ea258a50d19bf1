#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/request.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace fibercast {

/// How the bytes of a response are compressed on their way (RFC 9110, section 8.4.1).
enum class content_coding : unsigned char {
    identity,  ///< Not at all.
    gzip,      ///< RFC 1952, with a window of 32 KiB.
    br,        ///< Brotli, RFC 7932, with one of 256 KiB.
    zstd,      ///< RFC 8878, with one of 256 KiB.
};

/// "gzip" and so on, as in `Content-Encoding`.
FIBERCAST_API std::string_view name_of(content_coding coding) noexcept;
/// In any case. Nothing: it is none of these.
FIBERCAST_API std::optional<content_coding> content_coding_named(std::string_view name) noexcept;

/// Which of `offered` the one who asks wants most (`Accept-Encoding`); if several, the first of
/// them. `identity`, when that is none, or is wanted more. What cannot be understood is passed over.
FIBERCAST_API content_coding accepted_coding(request const& asked,
                                             std::span<content_coding const> offered) noexcept;

}  // namespace fibercast
