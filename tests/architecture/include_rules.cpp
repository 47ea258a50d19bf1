#include "architecture/include_rules.hpp"

#include <algorithm>
#include <optional>
#include <sstream>

namespace {

/// How high a folder stands. What is none of ours, such as fibercast.hpp with all of the library,
/// stands right below the app.
std::size_t height_of(std::string_view layer) {
    auto const& all = layers();
    auto const found = std::find(all.begin(), all.end(), layer);
    return found == all.end() ? all.size() - 1 : static_cast<std::size_t>(found - all.begin());
}

bool may_include(std::string_view from, std::string_view to) {
    if (from == "app") return true;
    if (to == "app" || height_of(to) > height_of(from)) return false;
    return !(from == "sse" && to == "net");
}

/// `<fibercast/net/socket.hpp>` is of net; `<vector>` of nothing that matters here.
bool allowed(std::string_view layer, bool quoted, std::string const& path) {
    if (quoted) return path.find('/') == path.npos;
    static std::string const ours = "fibercast/";
    if (!path.starts_with(ours)) return true;
    return may_include(layer, path.substr(ours.size(), path.find('/', ours.size()) - ours.size()));
}

/// What a line includes; nothing when it does not.
struct include {
    bool quoted;
    std::string path;
};

std::optional<include> include_in(std::string line) {
    std::erase_if(line, [](char c) { return c == ' ' || c == '\t'; });
    std::string const directive = "#include";
    if (!line.starts_with(directive) || line.size() == directive.size()) return std::nullopt;
    bool const quoted = line[directive.size()] == '"';
    auto const start = directive.size() + 1;
    return include{quoted, line.substr(start, line.find(quoted ? '"' : '>', start) - start)};
}

}  // namespace

std::vector<std::string> const& layers() {
    static std::vector<std::string> const all = {"runtime", "net", "http", "sse", "server", "app"};
    return all;
}

std::vector<std::string> forbidden_includes(std::string_view layer, std::string const& name,
                                            std::string const& text) {
    std::vector<std::string> found;
    std::istringstream lines(text);
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        auto const it = include_in(line);
        if (!it || allowed(layer, it->quoted, it->path)) continue;
        found.push_back(name + ":" + std::to_string(number) + ": " + line);
    }
    return found;
}
