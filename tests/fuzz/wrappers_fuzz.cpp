// What is around handlers reads what strangers write: cookies, Origin, Referer, targets, user agents.

#include "http/escape.hpp"
#include "http/public_target.hpp"

#include <fibercast/http/access_log.hpp>
#include <fibercast/http/cors.hpp>
#include <fibercast/http/origin_check.hpp>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace fibercast;

constexpr std::string_view secret = "sEcReT\x01";

std::string const app = "https://app.example.com";

void require(bool condition) {
    if (!condition) std::abort();
}

/// Text between quotes has no other one, and nothing that ends a line.
void check_quoted(std::string_view text) {
    auto const quoted = in_quotes(text, 64);
    require(quoted.size() >= 2 && quoted.front() == '\'' && quoted.back() == '\'');
    for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
        require(static_cast<unsigned char>(quoted[i]) >= 0x20 && quoted[i] != '\'');
        if (quoted[i] == '\\') ++i;  // what it escapes
        require(i + 1 < quoted.size());
    }
}

/// Whatever stands around a token's parameter, its value is not told.
void check_target(std::string const& before, std::string const& after) {
    if (after.find('&') != after.npos || (before + after).find(secret) != before.npos) return;
    auto const target = "/?" + before + "&access_token=" + std::string(secret) + after;
    auto const told = public_target(target, access_log_options().hidden_parameters);
    require(told.find(secret) == std::string::npos);
}

/// Who has the cookie changes nothing unless the page is a listed one, whatever else is said.
void check_origin_of(std::string const& text, std::string_view field_name) {
    std::string_view const said = text;
    fields sent;
    try {
        sent.add(field_name, said);
        sent.add("Cookie", said);
        sent.add("Cookie", "session=1");
    } catch (std::invalid_argument const&) {
        return;  // no request has it
    }
    auto const guarded = with_origin_check(
        {.origins = {app}, .cookie = "session"},
        with_cors({.origins = {app}}, [](request const&) { return response(status::ok); }));
    bool const is_app =
        said == app || (field_name == "Referer" && said.starts_with(app) &&
                        std::string_view("/?#").find(said[app.size()]) != std::string_view::npos);
    require((guarded(request("POST", "/", sent)).status() == status::ok) == is_app);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    std::string const input(reinterpret_cast<char const*>(data), size);
    check_quoted(input);
    check_target(input.substr(0, size / 2), input.substr(size / 2));
    for (std::string_view const name : {"Origin", "Referer"}) {
        check_origin_of(input, name);
        check_origin_of(app + input, name);
    }
    return 0;
}
