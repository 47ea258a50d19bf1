#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/response.hpp>
#include <fibercast/http/status.hpp>

#include <cstdint>
#include <string>

namespace fibercast {

/// Why somebody does not get what they want, as far as they are told (RFC 6750, section 3.1).
enum class access_error : std::uint8_t {
    no_token,            ///< 401: there is none where one is needed.
    invalid_token,       ///< 401: there is one, and it does not count, for whatever reason.
    insufficient_scope,  ///< 403: it counts, but not for this.
    invalid_request,     ///< 400: it is not presented as it should be.
    foreign_origin       ///< 403: a page of no listed origin, with a cookie.
};

/// The answer that says so, with the challenge in `WWW-Authenticate`.
struct FIBERCAST_API access_refusal {
    access_error error;
    /// The URL of the protected resource's metadata (RFC 9728); empty: not said.
    std::string resource_metadata = {};

    fibercast::status status() const noexcept;
    /// `Bearer error="invalid_token", resource_metadata="https://..."`.
    std::string challenge() const;
    response answer() const;
};

}  // namespace fibercast
