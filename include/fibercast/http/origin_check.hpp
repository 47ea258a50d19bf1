#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/handler.hpp>
#include <fibercast/http/origin.hpp>

#include <string>
#include <vector>

namespace fibercast {

struct origin_check_options {
    /// Whose pages may use the cookie: `https://app.example.com`. Not `*` and not `null`, which is
    /// the origin of any page that wants it to be.
    std::vector<std::string> origins = {};
    /// The cookie that says who asks.
    std::string cookie = {};
};

/// Against requests that a stranger's page makes with its visitor's cookie, which the browser adds
/// by itself (CSRF). A request that carries the cookie and is not `is_from_origin` gets 403, and
/// `inner` does not see it. One without the cookie goes to `inner`: what it may do it may do by
/// what a stranger's page does not have, such as a token in `Authorization`.
///
/// Put it inside `with_cors`, so that the page can read the 403.
///
/// Throws `std::invalid_argument` when an origin is none, or is `*` or `null`, and when the
/// cookie's name is no token.
FIBERCAST_API handler with_origin_check(origin_check_options settings, handler inner);

}  // namespace fibercast
