#include "strict_json.hpp"

#include "http/json_members.hpp"

#include <boost/json/parse.hpp>

#include <utility>

namespace fibercast {

namespace json = boost::json;

std::optional<json::value> strict_json(std::string_view text) {
    json::parse_options options;
    options.max_depth = 16;
    json::error_code error;
    auto parsed = json::parse(json::string_view(text.data(), text.size()), error, {}, options);
    if (error || member_given_twice(text)) return std::nullopt;
    return parsed;
}

std::optional<json::object> strict_json_object(std::string_view text) {
    auto parsed = strict_json(text);
    if (!parsed || !parsed->is_object()) return std::nullopt;
    return std::move(parsed->get_object());
}

json::value const* member(json::object const& of, std::string_view name) noexcept {
    return of.if_contains(json::string_view(name.data(), name.size()));
}

}  // namespace fibercast
