#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string_view>

namespace fibercast {

/// JSON that has one meaning: UTF-8, at most 16 levels deep, no member twice in any object. Nothing
/// for another text. The caller bounds its length.
std::optional<boost::json::value> strict_json(std::string_view text);

/// The same, which must be an object.
std::optional<boost::json::object> strict_json_object(std::string_view text);

/// Null when the object has none of that name.
boost::json::value const* member(boost::json::object const& of, std::string_view name) noexcept;

}  // namespace fibercast
