#pragma once

#include <fibercast/http/response.hpp>

#include <string>

namespace fibercast {

/// An answer that says in one sentence, safe to print, why there is no other.
inline response refusal(status code, std::string sentence) {
    return response::text(code, std::move(sentence) + '\n');
}

}  // namespace fibercast
