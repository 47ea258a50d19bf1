#pragma once

#include <fibercast/http/response.hpp>

#include <string>
#include <string_view>

namespace fibercast {

/// Text as a string of JSON, with its quotes. What is no UTF-8 in it becomes U+FFFD.
std::string json_text(std::string_view text);

/// 200 with this JSON.
response json_answer(std::string text);

}  // namespace fibercast
