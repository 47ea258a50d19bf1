#pragma once

#include <fibercast/http/request_error.hpp>
#include <fibercast/http/response.hpp>

#include <concepts>
#include <stdexcept>
#include <string>

namespace fibercast {

/// An answer that says in one sentence, safe to print, why there is no other.
inline response refusal(status code, std::string sentence) {
    return response::text(code, std::move(sentence) + '\n');
}

/// What `answer` answers; or, when it throws `request_error` or `std::invalid_argument` with what
/// is wrong with the request, that.
template <std::invocable F>
response or_refusal(F const& answer) {
    try {
        return answer();
    } catch (request_error const& wrong) {
        return refusal(wrong.status(), wrong.what());
    } catch (std::invalid_argument const& wrong) {
        return refusal(status::bad_request, wrong.what());
    }
}

}  // namespace fibercast
