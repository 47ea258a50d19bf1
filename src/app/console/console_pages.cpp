#include "console_pages.hpp"

#include "console_files.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace fibercast::app {
namespace {

std::string_view type_of(std::string_view name) {
    using entry = std::pair<std::string_view, std::string_view>;
    constexpr std::array<entry, 4> types{
        entry{".html", "text/html; charset=utf-8"}, entry{".css", "text/css; charset=utf-8"},
        entry{".js", "text/javascript; charset=utf-8"}, entry{".svg", "image/svg+xml"}};
    for (auto const& [ending, type] : types) {
        if (name.ends_with(ending)) return type;
    }
    return "application/octet-stream";
}

handler page(console_file const& of) {
    return [of](request const&) {
        return response(status::ok, std::string(of.text))
            .header("Content-Type", type_of(of.name))
            // The next version may be there after the next start.
            .header("Cache-Control", "no-cache")
            .header("Content-Security-Policy",
                    "default-src 'self'; base-uri 'none'; form-action 'none'; "
                    "frame-ancestors 'none'; object-src 'none'")
            .header("X-Content-Type-Options", "nosniff")
            .header("Referrer-Policy", "no-referrer");
    };
}

std::string path_of(std::string_view name) {
    if (name == "index.html") return "/";
    if (name == "demo.html") return "/demo";
    return "/console/" + std::string(name);
}

}  // namespace

void add_console_pages(router& to) {
    for (auto const& each : console_files()) to.get(path_of(each.name), page(each));
}

}  // namespace fibercast::app
