#include <fibercast/http/router.hpp>

#include <boost/beast/core/string.hpp>

#include <stdexcept>
#include <utility>

namespace fibercast {
namespace {

using boost::beast::http::verb;

std::string name_of(verb method) {
    auto const name = boost::beast::http::to_string(method);
    return {name.data(), name.size()};
}

}  // namespace

router& router::add(verb method, std::string path, handler answer) {
    if (!path.starts_with('/')) throw std::invalid_argument("a route's path starts with '/'");
    paths_[std::move(path)][method] = std::move(answer);
    return *this;
}

router& router::get(std::string path, handler answer) {
    return add(verb::get, std::move(path), std::move(answer));
}

router& router::post(std::string path, handler answer) {
    return add(verb::post, std::move(path), std::move(answer));
}

response router::operator()(request const& asked) const {
    auto const path = paths_.find(asked.path());
    if (path == paths_.end()) return response::plain(status::not_found);
    auto const& methods = path->second;
    if (auto const exact = methods.find(asked.method()); exact != methods.end())
        return exact->second(asked);
    auto const get = methods.find(verb::get);
    if (asked.method() == verb::head && get != methods.end()) return get->second(asked);
    std::string allowed;
    auto const allow = [&](verb method) {
        allowed.append(allowed.empty() ? "" : ", ").append(name_of(method));
    };
    for (auto const& [method, answer] : methods) allow(method);
    if (get != methods.end() && !methods.contains(verb::head)) allow(verb::head);
    return response::plain(status::method_not_allowed).header("Allow", allowed);
}

}  // namespace fibercast
