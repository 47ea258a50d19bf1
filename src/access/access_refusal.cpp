#include <fibercast/access/access_refusal.hpp>

#include <string_view>

namespace fibercast {
namespace {

/// By RFC 6750; a request without a token gets none.
std::string_view code_of(access_error error) noexcept {
    switch (error) {
    case access_error::invalid_token: return "invalid_token";
    case access_error::insufficient_scope: return "insufficient_scope";
    case access_error::invalid_request: return "invalid_request";
    case access_error::no_token:
    case access_error::foreign_origin: return {};
    }
    return {};
}

}  // namespace

status access_refusal::status() const noexcept {
    switch (error) {
    case access_error::no_token:
    case access_error::invalid_token: return fibercast::status::unauthorized;
    case access_error::insufficient_scope:
    case access_error::foreign_origin: return fibercast::status::forbidden;
    case access_error::invalid_request: return fibercast::status::bad_request;
    }
    return fibercast::status::forbidden;
}

std::string access_refusal::challenge() const {
    std::string made = "Bearer";
    auto const code = code_of(error);
    if (!code.empty()) made += " error=\"" + std::string(code) + '"';
    if (!resource_metadata.empty()) {
        made += code.empty() ? " " : ", ";
        made += "resource_metadata=\"" + resource_metadata + '"';
    }
    return made;
}

response access_refusal::answer() const {
    return response::plain(status()).set("WWW-Authenticate", challenge());
}

}  // namespace fibercast
