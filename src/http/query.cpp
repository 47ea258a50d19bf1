#include <fibercast/http/query.hpp>

#include "media_type.hpp"
#include "percent.hpp"

#include <fibercast/http/request_error.hpp>

#include <algorithm>

namespace fibercast {
namespace {

std::string decoded(std::string_view text, stray_percent how) {
    if (auto result = form_decoded(text)) return *std::move(result);
    if (how == stray_percent::refused)
        throw request_error("a parameter with a broken percent-encoding");
    std::string spaced(text);
    std::ranges::replace(spaced, '+', ' ');
    return percent_decoded_leniently(spaced);
}

}  // namespace

parameters::parameters(std::string_view encoded, stray_percent how) {
    while (!encoded.empty()) {
        auto const end = std::min(encoded.find('&'), encoded.size());
        auto const pair = encoded.substr(0, end);
        encoded.remove_prefix(std::min(end + 1, encoded.size()));
        if (pair.empty()) continue;
        if (all_.size() == most) throw request_error("more than 1,000 parameters");
        auto const sign = std::min(pair.find('='), pair.size());
        auto const value = pair.substr(std::min(sign + 1, pair.size()));
        all_.emplace_back(decoded(pair.substr(0, sign), how), decoded(value, how));
    }
}

std::optional<std::string_view> parameters::first(std::string_view name) const noexcept {
    auto const found = std::find_if(all_.begin(), all_.end(),
                                    [&](auto const& each) { return each.first == name; });
    if (found == all_.end()) return std::nullopt;
    return found->second;
}

std::vector<std::string_view> parameters::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (auto const& each : all_) {
        if (each.first == name) values.push_back(each.second);
    }
    return values;
}

parameters query_params(request const& asked, stray_percent how) {
    return parameters(asked.query(), how);
}

parameters form_params(request const& asked, stray_percent how) {
    return parameters(body_of_type(asked, "application/x-www-form-urlencoded", "a form"), how);
}

}  // namespace fibercast
