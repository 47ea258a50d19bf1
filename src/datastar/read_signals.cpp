#include <fibercast/datastar/read_signals.hpp>

#include "http/media_type.hpp"

#include <fibercast/http/query.hpp>
#include <fibercast/http/request_error.hpp>

#include <boost/json/parse.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fibercast::datastar {
namespace {

namespace json = boost::json;

constexpr std::string_view parameter = "datastar";

json::object parsed(std::string_view text) {
    json::error_code error;
    auto made = json::parse(json::string_view(text.data(), text.size()), error);
    if (error) throw request_error(fmt::format("the signals are no JSON: {}", error.message()));
    auto* const object = made.if_object();
    if (object == nullptr) throw request_error("the signals are no JSON object");
    return std::move(*object);
}

std::string_view json_body(request const& asked) {
    return body_of_type(asked, "application/json", "signals");
}

}  // namespace

signals read_signals(request const& asked) {
    bool const deletes = asked.method() == "DELETE";
    if (!deletes && asked.method() != "GET") return signals(parsed(json_body(asked)));
    auto const query = query_params(asked);
    if (auto const text = query.first(parameter)) return signals(parsed(*text));
    if (deletes && !asked.body().empty()) return signals(parsed(json_body(asked)));
    return signals(json::object());
}

void signals::refuse(std::string_view path, std::string_view why) {
    throw request_error(fmt::format("the signal {} {}", path, why));
}

json::value const* signals::at(std::string_view path) const noexcept {
    auto const* in = &all_;
    for (;;) {
        auto const name = path.substr(0, path.find('.'));
        auto const* const value = in->if_contains(json::string_view(name.data(), name.size()));
        if (value == nullptr || name.size() == path.size()) return value;
        in = value->if_object();
        if (in == nullptr) return nullptr;
        path.remove_prefix(name.size() + 1);
    }
}

}  // namespace fibercast::datastar
