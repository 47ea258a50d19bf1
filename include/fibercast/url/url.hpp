#pragma once

#include <fibercast/api.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fibercast {

/// A URL by the WHATWG's standard (https://url.spec.whatwg.org), in its canonical form: the parts
/// are as they are serialized, percent-encoded where the standard wants that.
///
/// What differs from the standard:
/// - no IDNA: a host with other characters than ASCII's is no host, and `xn--` is not looked into;
/// - the letters of Windows's drives in `file:` are names like others.
struct FIBERCAST_API url {
    std::string scheme;  ///< In small letters, without the ':'.
    std::string username;
    std::string password;
    std::optional<std::string> host;    ///< Of IPv6 in brackets.
    std::optional<std::uint16_t> port;  ///< Nothing: the scheme's own.
    std::string path;
    /// `urn:isbn:1`: the path has no segments, and nothing is relative to it.
    bool opaque_path = false;
    std::optional<std::string> query;     ///< Without the '?'.
    std::optional<std::string> fragment;  ///< Without the '#'.

    bool operator==(url const&) const = default;

    /// The whole as text.
    std::string href() const;

    /// `https://example.com`; "null" for a scheme that has no origins.
    std::string origin() const;

    /// Scheme, host, port and path, as `url_pattern::literal_prefix` counts them:
    /// `https://host/a/b`, `urn:isbn:1`; without a host, `file:/a/b`.
    std::string location() const;

    /// The path with those percent-encoded bytes decoded that need not be encoded (RFC 3986,
    /// section 6.2.2.2), and without the dot segments that come out: for comparing what it names.
    std::string plain_path() const;
};

/// A reference, absolute or relative to `base`; nothing when it is none. `text` may be any bytes;
/// what is no UTF-8 is no URL. Any thread.
FIBERCAST_API std::optional<url> parse_url(std::string_view text, url const* base = nullptr);

/// Whether the standard treats it specially: http, https, ws, wss, ftp, file.
FIBERCAST_API bool is_special_scheme(std::string_view scheme) noexcept;

/// The scheme's own port; nothing for one that has none.
FIBERCAST_API std::optional<std::uint16_t> default_port(std::string_view scheme) noexcept;

}  // namespace fibercast
