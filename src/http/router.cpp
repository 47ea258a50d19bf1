#include <fibercast/http/router.hpp>

#include <stdexcept>
#include <utility>

namespace fibercast {

router& router::add(std::string method, std::string path, handler answer) {
    if (!path.starts_with('/')) throw std::invalid_argument("a route's path starts with '/'");
    if (!is_token(method)) throw std::invalid_argument("not a method");
    paths_[std::move(path)][std::move(method)] = std::move(answer);
    return *this;
}

router& router::get(std::string path, handler answer) {
    return add("GET", std::move(path), std::move(answer));
}

router& router::post(std::string path, handler answer) {
    return add("POST", std::move(path), std::move(answer));
}

response router::operator()(request const& asked) const {
    auto const path = paths_.find(asked.path());
    if (path == paths_.end()) return response::plain(status::not_found);
    auto const& methods = path->second;
    if (auto const exact = methods.find(asked.method()); exact != methods.end())
        return exact->second(asked);
    auto const get = methods.find("GET");
    if (asked.method() == "HEAD" && get != methods.end()) return get->second(asked);
    std::string allowed;
    auto const allow = [&](std::string_view method) {
        allowed.append(allowed.empty() ? "" : ", ").append(method);
    };
    for (auto const& [method, answer] : methods) allow(method);
    if (get != methods.end() && !methods.contains("HEAD")) allow("HEAD");
    return response::plain(status::method_not_allowed).header("Allow", allowed);
}

}  // namespace fibercast
