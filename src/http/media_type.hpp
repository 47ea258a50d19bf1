#pragma once

#include <fibercast/http/request.hpp>

#include <string>
#include <string_view>

namespace fibercast {

/// The media type that a `Content-Type` names, in lower case and without its parameters:
/// `application/json` of `Application/JSON; charset=utf-8`.
std::string media_type_in(std::string_view field_value);

/// The body, for who understands no content coding. Throws `request_error` for an encoded one.
std::string_view plain_body(request const& asked);

/// The same of one whose media type is this, in lower case. Throws `request_error` for any other:
/// `what`, "a form" for instance, is of another type.
std::string_view body_of_type(request const& asked, std::string_view type, std::string_view what);

}  // namespace fibercast
