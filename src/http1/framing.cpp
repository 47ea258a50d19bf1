#include "framing.hpp"

#include <fibercast/runtime/log.hpp>

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>

#include <fmt/format.h>
#include <spdlog/logger.h>

#include <algorithm>

namespace fibercast {
namespace {

namespace http = boost::beast::http;
using boost::beast::iequals;

std::size_t count_of(http::request_header<> const& header, http::field name) {
    auto const [first, last] = header.equal_range(name);
    return static_cast<std::size_t>(std::distance(first, last));
}

bool zero(boost::beast::string_view number) {
    return std::all_of(number.begin(), number.end(), [](char digit) { return digit == '0'; });
}

bool has_body(http::request_header<> const& header) {
    return header.count(http::field::transfer_encoding) != 0 ||
           (header.count(http::field::content_length) != 0 &&
            !zero(header[http::field::content_length]));
}

/// RFC 9112, section 6. Beast 1.81 ignores encodings it does not know and lets both framings
/// through.
bool ambiguous_framing(http::request_header<> const& header) {
    auto const encodings = count_of(header, http::field::transfer_encoding);
    if (encodings == 0) return count_of(header, http::field::content_length) > 1;
    return encodings > 1 || header.version() < 11 ||
           header.count(http::field::content_length) != 0 ||
           !iequals(header[http::field::transfer_encoding], "chunked");
}

bool has_one_host(http::request_header<> const& header) {
    auto const hosts = count_of(header, http::field::host);
    return hosts == 1 || (hosts == 0 && header.version() < 11);
}

bool understood_target(http::request_header<> const& header) {
    auto const target = header.target();
    auto const starts = [&](boost::beast::string_view prefix) {
        return target.size() >= prefix.size() && iequals(target.substr(0, prefix.size()), prefix);
    };
    return starts("/") || starts("http://") || starts("https://") ||
           (target == "*" && header.method() == http::verb::options);
}

bool forbids_body(status code) {
    auto const number = static_cast<unsigned>(code);
    return number < 200 || number == 204 || number == 304;
}

}  // namespace

std::optional<status> refusal(http::request_header<> const& header) {
    if (!has_one_host(header) || ambiguous_framing(header) || !understood_target(header))
        return status::bad_request;
    bool const reads_only =
        header.method() == http::verb::get || header.method() == http::verb::head;
    if (reads_only && has_body(header)) return status::bad_request;
    return std::nullopt;
}

bool expects_continue(http::request_header<> const& header) {
    return header.version() >= 11 && iequals(header[http::field::expect], "100-continue");
}

void report_handler_failure(request const& asked, std::string_view reason) {
    // `:?` escapes: the path is the client's, the reason may quote what it sent, and either may
    // hold bytes that control a terminal.
    log().error("the handler of {} {:?} has thrown: {:?}", asked.method_name(), asked.path(),
                reason);
}

std::optional<status> status_for(boost::system::error_code error) {
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
        return status::request_header_fields_too_large;
    }
    if (error == http::error::body_limit) return status::payload_too_large;
    if (error == http::error::end_of_stream || error == http::error::partial_message)
        return std::nullopt;
    if (error.category() == http::make_error_code(http::error::bad_method).category())
        return status::bad_request;
    return std::nullopt;
}

framing framing_of(response const& answer, transfer const& with) {
    if (with.head || forbids_body(answer.status())) return framing::none;
    if (answer.body().size()) return framing::sized;
    return with.version >= 11 ? framing::chunked : framing::until_close;
}

std::string head_of(response const& answer, transfer const& with, framing how) {
    auto const reason = http::obsolete_reason(answer.status());
    std::string head = fmt::format("HTTP/1.1 {} {}\r\n{}", static_cast<unsigned>(answer.status()),
                                   std::string_view(reason.data(), reason.size()), answer.fields());
    auto const size = answer.body().size();
    if (size && !forbids_body(answer.status())) {
        fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", *size);
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
