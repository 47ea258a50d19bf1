#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/handler.hpp>
#include <fibercast/http/origin.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace fibercast {

/// Which pages of other origins a browser lets read what a handler answers, and how these may ask
/// (the CORS protocol: https://fetch.spec.whatwg.org/#http-cors-protocol).
struct cors_options {
    /// As browsers send them: `https://app.example.com`, with the port if it is not the scheme's
    /// own. `*`, alone, is all of them. `null`, of pages without an origin, is one like others: any
    /// page can be made such a one.
    std::vector<std::string> origins = {};
    /// Whether their requests may carry cookies and what else the browser has for here. Not with
    /// `*`.
    bool credentials = false;
    std::vector<std::string> methods = {"GET", "HEAD", "POST", "QUERY"};
    /// Of the request, besides those that any page may send.
    std::vector<std::string> request_fields = {"Authorization", "Cache-Control", "Content-Type",
                                               "Idempotency-Key", "Last-Event-ID"};
    /// Of the response, besides those that any page may read.
    std::vector<std::string> exposed_fields = {"ETag", "Link", "Mercure-Last-Event-ID",
                                               "WWW-Authenticate"};
    /// For how long a browser need not ask again how it may ask; browsers have limits of their own.
    std::chrono::seconds max_age{7'200};
};

/// Adds to each answer of `inner`, also to what it throws, what lets pages of these origins read
/// it, and answers what browsers ask beforehand (`OPTIONS` with `Access-Control-Request-Method`):
/// 204, or 403 for pages of other origins. Everything else reaches `inner`: CORS keeps nobody from
/// asking who is no browser, nor pages from sending what a form could. An answer that no handler
/// has made, to a request that is malformed for instance, says nothing of origins. What `inner`
/// itself says of them (`Access-Control-Allow-Origin`, `-Allow-Credentials`, `-Expose-Headers`) is
/// taken out.
///
///     fibercast::server server{with_cors({.origins = {"https://app.example.com"}}, routes)};
///
/// Throws `std::invalid_argument` for no origins, for what is none, for `*` beside others or with
/// credentials, for methods and fields that are no names, and for a negative `max_age`.
FIBERCAST_API handler with_cors(cors_options settings, handler inner);

}  // namespace fibercast
