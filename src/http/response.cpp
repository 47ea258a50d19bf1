#include <fibercast/http/response.hpp>

#include <boost/beast/core/string.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace fibercast {
namespace {

bool is_token(std::string_view name) noexcept {
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return !name.empty() && std::all_of(name.begin(), name.end(), [&](unsigned char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               others.find(static_cast<char>(c)) != std::string_view::npos;
    });
}

bool is_field_value(std::string_view value) noexcept {
    return std::none_of(value.begin(), value.end(),
                        [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; });
}

/// What the connection says about the transfer must be said once, and be true.
bool is_of_transfer(std::string_view name) noexcept {
    boost::beast::string_view const asked(name.data(), name.size());
    for (char const* const each : {"Content-Length", "Transfer-Encoding", "Connection"}) {
        if (boost::beast::iequals(asked, each)) return true;
    }
    return false;
}

}  // namespace

response response::text(fibercast::status code, std::string body) {
    return response(code, std::move(body)).header("Content-Type", "text/plain; charset=utf-8");
}

response response::plain(fibercast::status code) {
    auto const reason = boost::beast::http::obsolete_reason(code);
    return text(code, fmt::format("{} {}\n", static_cast<unsigned>(code),
                                  std::string_view(reason.data(), reason.size())));
}

response& response::header(std::string_view name, std::string_view value) & {
    if (!is_token(name)) throw std::invalid_argument("not a header field's name");
    if (is_of_transfer(name))
        throw std::invalid_argument("this header field is the connection's to set");
    if (!is_field_value(value))
        throw std::invalid_argument("a header field's value must not have control characters");
    fields_.append(name).append(": ").append(value).append("\r\n");
    return *this;
}

}  // namespace fibercast
