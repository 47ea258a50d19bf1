#include <fibercast/http/request.hpp>

#include "percent.hpp"

#include <algorithm>
#include <stdexcept>

namespace fibercast {
namespace {

std::string without_authority(std::string_view target) {
    auto const scheme = target.find("://");
    if (target.starts_with('/') || scheme == target.npos) return std::string(target);
    auto const end = target.find_first_of("/?", scheme + 3);
    auto const rest = end == target.npos ? std::string_view() : target.substr(end);
    std::string path = rest.starts_with('/') ? "" : "/";
    return path.append(rest);
}

}  // namespace

request::request(std::string method, std::string_view target, fibercast::fields fields,
                 std::string body, fibercast::peer const* from)
    : method_(std::move(method)),
      target_(without_authority(target)),
      fields_(std::move(fields)),
      body_(std::move(body)),
      from_(from) {
    auto decoded = percent_decoded(raw_path());
    if (!decoded) throw std::invalid_argument("a target with a broken percent-encoding");
    path_ = std::move(*decoded);
}

std::string_view request::raw_path() const noexcept {
    auto const path = target().substr(0, target().find('?'));
    return path.empty() ? std::string_view("/") : path;
}

std::string_view request::query() const noexcept {
    auto const mark = target().find('?');
    return mark == std::string_view::npos ? std::string_view() : target().substr(mark + 1);
}

std::string_view request::param(std::string_view name) const noexcept {
    auto const found = std::find_if(params_.begin(), params_.end(),
                                    [&](auto const& each) { return each.first == name; });
    return found == params_.end() ? std::string_view() : found->second;
}

std::string_view request::header(std::string_view name) const noexcept {
    return fields_.find(name).value_or(std::string_view());
}

}  // namespace fibercast
