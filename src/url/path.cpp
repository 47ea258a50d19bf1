#include "path.hpp"

#include "percent_encode.hpp"

#include <fibercast/http/fields.hpp>

#include <algorithm>
#include <array>

namespace fibercast {
namespace {

bool is_single_dot(std::string_view segment) noexcept {
    return segment == "." || equal_ignoring_case(segment, "%2e");
}

bool is_double_dot(std::string_view segment) noexcept {
    constexpr std::array<std::string_view, 4> all = {"..", ".%2e", "%2e.", "%2e%2e"};
    return std::any_of(all.begin(), all.end(),
                       [&](auto each) { return equal_ignoring_case(segment, each); });
}

}  // namespace

void shorten_path(std::string& path) noexcept {
    auto const slash = path.rfind('/');
    if (slash != path.npos) path.resize(slash);
}

void append_segments(std::string& path, std::string_view text, bool special) {
    for (bool last = false; !last;) {
        auto const end = text.find_first_of(special ? "/\\" : "/");
        last = end == text.npos;
        auto const segment = text.substr(0, end);
        if (is_double_dot(segment)) {
            shorten_path(path);
            if (last) path += '/';
        } else if (!is_single_dot(segment)) {
            path += '/';
            path += percent_encoded(segment, percent_set::path);
        } else if (last) {
            path += '/';
        }
        if (!last) text.remove_prefix(end + 1);
    }
}

std::string opaque_path_of(std::string_view text, bool more_follows) {
    auto made = percent_encoded(text, percent_set::c0_control);
    // A space at the path's end would be taken for one at the URL's, were the rest taken away.
    if (more_follows && made.ends_with(' ')) {
        made.pop_back();
        made += "%20";
    }
    return made;
}

}  // namespace fibercast
