#include <fibercast/http/request.hpp>

#include <boost/beast/core/string.hpp>

namespace fibercast {
namespace {

std::string_view view(boost::beast::string_view text) noexcept {
    return {text.data(), text.size()};
}

}  // namespace

std::string_view request::method_name() const noexcept { return view(message_.method_string()); }

std::string_view request::target() const noexcept {
    auto const whole = view(message_.target());
    auto const scheme = whole.find("://");
    if (whole.starts_with('/') || scheme == std::string_view::npos) return whole;
    auto const slash = whole.find_first_of("/?", scheme + 3);
    if (slash == std::string_view::npos) return "/";
    return whole.substr(slash);
}

std::string_view request::path() const noexcept {
    auto const all = target();
    auto const path = all.substr(0, all.find('?'));
    return path.empty() ? std::string_view("/") : path;  // "http://host?query"
}

std::string_view request::query() const noexcept {
    auto const all = target();
    auto const mark = all.find('?');
    return mark == std::string_view::npos ? std::string_view() : all.substr(mark + 1);
}

std::string_view request::header(std::string_view name) const noexcept {
    auto const found = message_.find(boost::beast::string_view(name.data(), name.size()));
    return found == message_.end() ? std::string_view() : view(found->value());
}

}  // namespace fibercast
