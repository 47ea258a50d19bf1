#include "architecture/include_rules.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <sstream>

namespace {

std::string const ours = "fibercast/";

bool may_include(std::string_view from, std::string_view to) {
    if (from == to) return true;
    for (auto const& each : layers()) {
        if (each.name != from) continue;
        return std::count(each.below.begin(), each.below.end(), to) != 0;
    }
    return false;
}

/// `<fibercast/net/socket.hpp>` and `"net/x.hpp"` are of net; `<vector>` is of nothing that matters
/// here. What is of no folder, such as fibercast.hpp with all of the library, is for the app; but
/// api.hpp is below all.
bool allowed(std::string_view layer, bool quoted, std::string path) {
    if (!quoted && !path.starts_with(ours)) return true;
    if (!quoted) path.erase(0, ours.size());
    auto const slash = path.find('/');
    if (slash == path.npos) return quoted || layer == "app" || path == "api.hpp";
    return may_include(layer, path.substr(0, slash));
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

std::vector<layer> const& layers() {
    static std::vector<layer> const all = {
        {"runtime", {}},
        {"net", {"runtime"}},
        {"http", {"runtime"}},
        {"url", {"http"}},
        {"access", {"url", "http", "runtime"}},
        {"http1", {"http", "runtime"}},
        {"testing", {"http", "runtime"}},
        {"coding", {"http", "runtime"}},
        {"sse", {"coding", "http", "runtime"}},
        {"server", {"http1", "http", "net", "runtime"}},
        {"service", {"sse", "coding", "access", "url", "http", "runtime"}},
        {"mercure", {"service", "sse", "access", "url", "http", "runtime"}},
        {"datastar", {"sse", "http", "runtime"}},
        {"app",
         {"mercure", "service", "server", "sse", "coding", "access", "url", "http", "runtime"}},
    };
    return all;
}

std::set<std::string> included_layers(std::string const& text) {
    std::set<std::string> found;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        auto it = include_in(line);
        if (!it) continue;
        if (it->path.starts_with(ours)) it->path.erase(0, ours.size());
        found.insert(it->path.substr(0, it->path.find('/')));
    }
    return found;
}

std::vector<std::string> forbidden_includes(std::string_view of, std::string const& name,
                                            std::string const& text) {
    std::vector<std::string> found;
    std::istringstream lines(text);
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        auto const it = include_in(line);
        if (!it || allowed(of, it->quoted, it->path)) continue;
        found.push_back(name + ":" + std::to_string(number) + ": " + line);
    }
    return found;
}
