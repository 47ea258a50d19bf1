#include "request_rules.hpp"

#include "authority.hpp"
#include "http/percent.hpp"

#include <fibercast/http/fields.hpp>

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
    if (hosts == 0) return header.version() < 11;
    auto const value = header[http::field::host];
    return hosts == 1 && (value.empty() || is_authority({value.data(), value.size()}));
}

/// A path; `http://authority` and what may follow; or the asterisk (RFC 9112, section 3.2).
bool understood_target(http::request_header<> const& header) {
    std::string_view target(header.target().data(), header.target().size());
    if (target.starts_with('/')) return true;
    if (target == "*") return header.method() == http::verb::options;
    for (std::string_view const scheme : {"http://", "https://"}) {
        if (!equal_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
        target.remove_prefix(scheme.size());
        return is_authority(target.substr(0, target.find_first_of("/?")));
    }
    return false;
}

/// What the request's constructor asks for.
bool decodable_path(http::request_header<> const& header) {
    auto const target = header.target();
    auto const path = target.substr(0, target.find('?'));
    return is_percent_encoded({path.data(), path.size()});
}

}  // namespace

std::optional<rejection> rejected(http::request_header<> const& header) {
    auto const bad = [](char const* why) { return rejection{status::bad_request, why}; };
    if (!has_one_host(header)) return bad("not one valid Host");
    if (ambiguous_framing(header)) return bad("an ambiguous length");
    if (!understood_target(header)) return bad("a target that is none");
    if (!decodable_path(header)) return bad("a path with a broken percent-encoding");
    bool const reads_only =
        header.method() == http::verb::get || header.method() == http::verb::head;
    if (reads_only && has_body(header)) return bad("a body that nobody expects");
    return std::nullopt;
}

bool expects_continue(http::request_header<> const& header) {
    return header.version() >= 11 && iequals(header[http::field::expect], "100-continue");
}

rejection rejection_of(boost::system::error_code error) {
    if (error == http::error::header_limit)
        return {status::request_header_fields_too_large, "a large header"};
    return {status::bad_request, "no HTTP"};
}

}  // namespace fibercast
