#include <fibercast/http/response.hpp>

#include <fmt/format.h>

#include <stdexcept>

namespace fibercast {
namespace {

/// What the connection says about the transfer must be said once, and be true.
bool is_of_transfer(std::string_view name) noexcept {
    for (char const* const each : {"Content-Length", "Transfer-Encoding", "Connection"}) {
        if (equal_ignoring_case(name, each)) return true;
    }
    return false;
}

void refuse_of_transfer(std::string_view name) {
    if (is_of_transfer(name))
        throw std::invalid_argument("this header field is the connection's to set");
}

}  // namespace

response response::text(fibercast::status code, std::string body) {
    return response(code, std::move(body)).header("Content-Type", "text/plain; charset=utf-8");
}

response response::plain(fibercast::status code) {
    return text(code, fmt::format("{} {}\n", static_cast<unsigned>(code), reason_of(code)));
}

response response::not_now() {
    return plain(fibercast::status::service_unavailable).header("Retry-After", "1");
}

response& response::header(std::string_view name, std::string_view value) & {
    refuse_of_transfer(name);
    fields_.add(name, value);
    return *this;
}

response& response::set(std::string_view name, std::string_view value) & {
    refuse_of_transfer(name);
    fields_.set(name, value);
    return *this;
}

}  // namespace fibercast
