#include <fibercast/http/origin.hpp>

#include "escape.hpp"

#include <fmt/format.h>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <stdexcept>

namespace fibercast {
namespace {

/// Whether a browser writes this port: it leaves out the scheme's own, and zeros in front.
bool is_written_port(std::string_view scheme, std::string_view port) noexcept {
    std::uint16_t number = 0;
    auto const* const end = port.data() + port.size();
    if (std::from_chars(port.data(), end, number).ptr != end) return false;
    return number != 0 && !port.starts_with('0') && !(scheme == "https" && number == 443) &&
           !(scheme == "http" && number == 80);
}

/// TRACE is not among them: its answer has the cookie in it.
bool changes_nothing(std::string_view method) noexcept {
    for (std::string_view const each : {"GET", "HEAD", "OPTIONS", "QUERY"})
        if (method == each) return true;
    return false;
}

/// `https://example.org` of `https://example.org/path?query`. What is no URL is no listed origin
/// either.
std::string_view origin_of_url(std::string_view url) noexcept {
    auto const mark = url.find("://");
    if (mark == url.npos) return {};
    return url.substr(0, url.find_first_of("/?#", mark + 3));
}

}  // namespace

void check_origin(std::string_view origin) {
    if (origin == "*" || origin == "null") return;
    auto const wrong = [&](std::string_view why) {
        return std::invalid_argument(
            fmt::format("{} is no origin as browsers write it: {}", in_quotes(origin), why));
    };
    auto const parsed = boost::urls::parse_absolute_uri(origin);
    if (!parsed || parsed->host().empty()) throw wrong("https://app.example.com is one");
    if (parsed->has_userinfo() || !parsed->path().empty() || parsed->has_query())
        throw wrong("there is more than a scheme, a host and a port");
    if (origin.find('*') != origin.npos) throw wrong("a host is named whole");
    if (std::ranges::any_of(origin, [](char c) { return c >= 'A' && c <= 'Z'; }))
        throw wrong("capital letters");
    if (parsed->has_port() && !is_written_port(parsed->scheme(), parsed->port()))
        throw wrong("the port");
}

void check_known_origins(std::span<std::string const> origins) {
    for (auto const& each : origins) {
        check_origin(each);
        if (each == "*" || each == "null")
            throw std::invalid_argument(in_quotes(each) + " is the origin of any page");
    }
}

bool is_from_origin(request const& asked, std::span<std::string const> origins) noexcept {
    if (changes_nothing(asked.method())) return true;
    auto const& sent = asked.fields();
    auto const origin = sent.find("Origin");
    auto const from = origin ? *origin : origin_of_url(asked.header("Referer"));
    if (sent.count(origin ? "Origin" : "Referer") != 1) return false;
    return std::find(origins.begin(), origins.end(), from) != origins.end();
}

}  // namespace fibercast
