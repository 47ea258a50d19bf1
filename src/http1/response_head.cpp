#include "response_head.hpp"

#include <fmt/format.h>

namespace fibercast {
namespace {

bool forbids_body(status code) {
    auto const number = static_cast<unsigned>(code);
    return number < 200 || number == 204 || number == 304;
}

}  // namespace

framing framing_of(response const& answer, transfer const& with) {
    if (with.head || forbids_body(answer.status())) return framing::none;
    if (answer.body().size()) return framing::sized;
    return with.version >= 11 ? framing::chunked : framing::until_close;
}

std::string head_of(response const& answer, transfer const& with, framing how) {
    std::string head;
    head.reserve(256);  // what most responses need
    head.append("HTTP/1.1 ")
        .append(fmt::format_int(static_cast<unsigned>(answer.status())).c_str())
        .append(" ")
        .append(reason_of(answer.status()))
        .append("\r\n");
    for (auto const& [name, value] : answer.fields())
        head.append(name).append(": ").append(value).append("\r\n");
    auto const size = answer.body().size();
    if (size && !forbids_body(answer.status())) {
        head.append("Content-Length: ").append(fmt::format_int(*size).c_str()).append("\r\n");
    } else if (how == framing::chunked ||
               (with.head && with.version >= 11 && !forbids_body(answer.status()))) {
        head += "Transfer-Encoding: chunked\r\n";
    }
    if (!with.keep_alive || how == framing::until_close) {
        head += "Connection: close\r\n";
    } else if (with.version < 11) {
        head += "Connection: keep-alive\r\n";
    }
    head += "\r\n";
    return head;
}

}  // namespace fibercast
