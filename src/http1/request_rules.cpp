#include "request_rules.hpp"

#include "authority.hpp"
#include "http/percent.hpp"

#include <fibercast/http/fields.hpp>

#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <string_view>

namespace fibercast {
namespace {

constexpr std::string_view encoding = "Transfer-Encoding";
constexpr std::string_view length = "Content-Length";

bool zero(std::string_view number) {
    return std::all_of(number.begin(), number.end(), [](char digit) { return digit == '0'; });
}

bool has_body(fields const& all) {
    return all.find(encoding) || !zero(all.find(length).value_or("0"));
}

/// RFC 9112, section 6. Beast 1.81 ignores encodings it does not know and lets both framings
/// through.
bool ambiguous_framing(request_head const& head) {
    auto const& all = head.fields;
    auto const encodings = all.count(encoding);
    if (encodings == 0) return all.count(length) > 1;
    return encodings > 1 || head.version < 11 || all.find(length) ||
           !equal_ignoring_case(*all.find(encoding), "chunked");
}

bool has_one_host(request_head const& head) {
    auto const hosts = head.fields.count("Host");
    if (hosts == 0) return head.version < 11;
    auto const value = *head.fields.find("Host");
    return hosts == 1 && (value.empty() || is_authority(value));
}

/// A path; `http://authority` and what may follow; or the asterisk (RFC 9112, section 3.2).
bool understood_target(request_head const& head) {
    std::string_view target(head.target);
    if (target.starts_with('/')) return true;
    if (target == "*") return head.method == "OPTIONS";
    for (std::string_view const scheme : {"http://", "https://"}) {
        if (!equal_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
        target.remove_prefix(scheme.size());
        return is_authority(target.substr(0, target.find_first_of("/?")));
    }
    return false;
}

/// What the request's constructor asks for.
bool decodable_path(request_head const& head) {
    return is_percent_encoded(std::string_view(head.target).substr(0, head.target.find('?')));
}

}  // namespace

std::optional<rejection> rejected(request_head const& head) {
    auto const bad = [](char const* why) { return rejection{status::bad_request, why}; };
    if (!has_one_host(head)) return bad("not one valid Host");
    if (ambiguous_framing(head)) return bad("an ambiguous length");
    if (!understood_target(head)) return bad("a target that is none");
    if (!decodable_path(head)) return bad("a path with a broken percent-encoding");
    bool const reads_only = head.method == "GET" || head.method == "HEAD";
    if (reads_only && has_body(head.fields)) return bad("a body that nobody expects");
    return std::nullopt;
}

bool expects_continue(request_head const& head) {
    return head.version >= 11 &&
           equal_ignoring_case(head.fields.find("Expect").value_or(""), "100-continue");
}

rejection rejection_of(boost::system::error_code error) {
    if (error == boost::beast::http::error::header_limit)
        return {status::request_header_fields_too_large, "a large header"};
    return {status::bad_request, "no HTTP"};
}

}  // namespace fibercast
