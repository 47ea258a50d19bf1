#include "generated.hpp"

#include "completion_scripts.hpp"
#include "man_page.hpp"

#include <array>

namespace fibercast::app {
namespace {

struct kind_of_text {
    std::string_view name;
    std::string (*make)(std::vector<option_entry> const& options);
};

constexpr std::array<kind_of_text, 3> kinds{{
    {"man", man_page},
    {"complete-bash", bash_completion},
    {"complete-zsh", zsh_completion},
}};

}  // namespace

std::vector<std::string> generated_kinds() {
    std::vector<std::string> all;
    for (auto const& each : kinds) all.emplace_back(each.name);
    return all;
}

std::optional<std::string> generated(std::string_view kind,
                                     std::vector<option_entry> const& options) {
    for (auto const& each : kinds)
        if (each.name == kind) return each.make(options);
    return std::nullopt;
}

}  // namespace fibercast::app
