#include <fibercast/coding/content_coding.hpp>

#include "http/trimmed.hpp"

#include <fibercast/http/fields.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

namespace fibercast {
namespace {

constexpr std::array<std::string_view, 4> names = {"identity", "gzip", "br", "zstd"};

/// Of a coding's parameters, `q`: 1 without one, 0 for one that is none.
double weight_in(std::string_view parameters) noexcept {
    while (!parameters.empty()) {
        auto parameter = taken_to(parameters, ';');
        if (!equal_ignoring_case(taken_to(parameter, '='), "q")) continue;
        double weight = 0;
        auto const* const end = parameter.data() + parameter.size();
        auto const parsed =
            std::from_chars(parameter.data(), end, weight, std::chars_format::fixed);
        bool const valid = parsed.ec == std::errc() && parsed.ptr == end && weight <= 1;
        return valid ? std::max(weight, 0.0) : 0;
    }
    return 1;
}

/// What the one who asks says of each coding.
class wishes {
public:
    explicit wishes(request const& asked) noexcept {
        for (auto const& each : asked.fields()) {
            if (equal_ignoring_case(each.name, "Accept-Encoding")) read(each.value);
        }
    }

    /// Of what is not named, what is said of all others; of identity, nothing is more than nothing.
    double weight_of(content_coding coding) const noexcept {
        auto const& said = weights_[static_cast<std::size_t>(coding)];
        if (said) return *said;
        return coding == content_coding::identity ? 0 : others_.value_or(0);
    }

private:
    void read(std::string_view list) noexcept {
        while (!list.empty()) {
            auto parameters = taken_to(list, ',');
            auto name = taken_to(parameters, ';');
            if (equal_ignoring_case(name, "x-gzip")) name = "gzip";  // an older name
            if (name == "*") others_ = weight_in(parameters);
            if (auto const coding = content_coding_named(name))
                weights_[static_cast<std::size_t>(*coding)] = weight_in(parameters);
        }
    }

    std::array<std::optional<double>, names.size()> weights_;
    std::optional<double> others_;
};

}  // namespace

std::string_view name_of(content_coding coding) noexcept {
    return names[static_cast<std::size_t>(coding)];
}

std::optional<content_coding> content_coding_named(std::string_view name) noexcept {
    auto const found = std::find_if(names.begin(), names.end(), [&](std::string_view each) {
        return equal_ignoring_case(each, name);
    });
    if (found == names.end()) return std::nullopt;
    return static_cast<content_coding>(found - names.begin());
}

content_coding accepted_coding(request const& asked,
                               std::span<content_coding const> offered) noexcept {
    wishes const wanted(asked);
    auto best = content_coding::identity;
    double most = 0;
    for (auto const each : offered) {
        auto const weight = wanted.weight_of(each);
        if (weight <= most) continue;
        best = each;
        most = weight;
    }
    return most < wanted.weight_of(content_coding::identity) ? content_coding::identity : best;
}

}  // namespace fibercast
