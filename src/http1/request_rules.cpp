#include "request_rules.hpp"

#include "http/percent.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>

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

/// What the request's constructor asks for.
bool decodable_path(http::request_header<> const& header) {
    auto const target = header.target();
    auto const path = target.substr(0, target.find('?'));
    return is_percent_encoded({path.data(), path.size()});
}

}  // namespace

std::optional<status> refusal(http::request_header<> const& header) {
    if (!has_one_host(header) || ambiguous_framing(header) || !understood_target(header) ||
        !decodable_path(header))
        return status::bad_request;
    bool const reads_only =
        header.method() == http::verb::get || header.method() == http::verb::head;
    if (reads_only && has_body(header)) return status::bad_request;
    return std::nullopt;
}

bool expects_continue(http::request_header<> const& header) {
    return header.version() >= 11 && iequals(header[http::field::expect], "100-continue");
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

}  // namespace fibercast
