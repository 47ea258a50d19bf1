#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fibercast {

/// One part of a route's path.
struct route_segment {
    enum class kind { text, parameter, rest };

    kind what;
    std::string text;  ///< Or the parameter's name.
};

/// The segments of a route's path. Throws `std::invalid_argument` when it is not one, as `router`
/// describes it.
std::vector<route_segment> parse_route_path(std::string_view path);

}  // namespace fibercast
