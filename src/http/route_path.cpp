#include "route_path.hpp"

#include <algorithm>
#include <stdexcept>

namespace fibercast {
namespace {

[[noreturn]] void refuse(std::string_view path, char const* why) {
    throw std::invalid_argument("the route '" + std::string(path) + "': " + why);
}

bool is_identifier(std::string_view name) noexcept {
    auto const letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    return !name.empty() && letter(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

route_segment parse_segment(std::string_view path, std::string_view segment) {
    if (segment.find_first_of("{}") == segment.npos)
        return {route_segment::kind::text, std::string(segment)};
    if (!segment.starts_with('{') || !segment.ends_with('}'))
        refuse(path, "a parameter is a whole segment in braces");
    auto name = segment.substr(1, segment.size() - 2);
    bool const rest = name.ends_with("...");
    if (rest) name.remove_suffix(3);
    if (!is_identifier(name)) refuse(path, "a parameter's name is letters, digits and '_'");
    return {rest ? route_segment::kind::rest : route_segment::kind::parameter, std::string(name)};
}

void check_names(std::string_view path, std::vector<route_segment> const& all) {
    for (auto it = all.begin(); it != all.end(); ++it) {
        if (it->what == route_segment::kind::text) continue;
        if (it->what == route_segment::kind::rest && it + 1 != all.end())
            refuse(path, "what takes the rest comes last");
        bool const again = std::any_of(all.begin(), it, [&](route_segment const& other) {
            return other.what != route_segment::kind::text && other.text == it->text;
        });
        if (again) refuse(path, "two parameters have the same name");
    }
}

}  // namespace

std::vector<route_segment> parse_route_path(std::string_view path) {
    if (!path.starts_with('/')) refuse(path, "a path starts with '/'");
    std::vector<route_segment> all;
    for (std::size_t start = 1; start <= path.size();) {
        auto const end = std::min(path.find('/', start), path.size());
        all.push_back(parse_segment(path, path.substr(start, end - start)));
        start = end + 1;
    }
    check_names(path, all);
    return all;
}

}  // namespace fibercast
