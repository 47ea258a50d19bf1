#include <fibercast/http/router.hpp>

#include "percent.hpp"
#include "route_path.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace fibercast {

/// A path on its way down the tree.
struct router::match {
    std::string_view left;            // what is not matched yet, without the '/' before it
    bool ended;                       // nothing is left, not even an empty segment
    std::vector<std::string> values;  // of the parameters so far
    methods const* found = nullptr;
};

router::router() : nodes_(1) {}

router& router::add(std::string method, std::string_view path, handler answer) {
    if (!is_token(method)) throw std::invalid_argument("not a method");
    std::size_t at = 0;
    std::vector<std::string> names;
    // `place` is given a node only when it has none; that may move all nodes.
    auto const enter = [&](auto place) {
        if (place(nodes_[at]) == 0) {
            nodes_.emplace_back();
            place(nodes_[at]) = nodes_.size() - 1;
        }
        at = place(nodes_[at]);
    };
    for (auto& segment : parse_route_path(path)) {
        switch (segment.what) {
        case route_segment::kind::text:
            enter([&](node & it) -> auto& { return it.texts[segment.text]; });
            continue;
        case route_segment::kind::parameter:
            enter([](node & it) -> auto& { return it.parameter; });
            break;
        case route_segment::kind::rest: enter([](node & it) -> auto& { return it.rest; }); break;
        }
        names.push_back(std::move(segment.text));
    }
    nodes_[at].answers[std::move(method)] = {std::move(names), std::move(answer)};
    return *this;
}

router& router::get(std::string_view path, handler answer) {
    return add("GET", path, std::move(answer));
}

router& router::post(std::string_view path, handler answer) {
    return add("POST", path, std::move(answer));
}

/// Goes back when a text leads nowhere and a parameter may. It visits a node once at most, for the
/// tree has no second way to it: so time grows with the path and with the routes, not with their
/// product.
bool router::find(std::size_t at, match& in) const {
    node const& here = nodes_[at];
    if (in.ended) {
        if (here.answers.empty()) return false;
        in.found = &here.answers;
        return true;
    }
    auto const left = in.left;
    auto const end = std::min(left.find('/'), left.size());
    auto const segment = percent_decoded(left.substr(0, end)).value_or(std::string());
    auto const go_on = [&, last = end == left.size()](std::size_t below) {
        in.ended = last;
        in.left = last ? std::string_view() : left.substr(end + 1);
        return find(below, in);
    };
    auto const text = here.texts.find(segment);
    if (text != here.texts.end() && go_on(text->second)) return true;
    if (here.parameter != 0 && !segment.empty()) {
        in.values.push_back(segment);
        if (go_on(here.parameter)) return true;
        in.values.pop_back();
    }
    if (here.rest == 0) return false;
    in.values.push_back(percent_decoded(left).value_or(std::string()));
    in.found = &nodes_[here.rest].answers;
    return true;
}

response router::operator()(request const& asked) const {
    auto const path = asked.raw_path();
    if (!path.starts_with('/')) return response::plain(status::not_found);  // OPTIONS *
    match found{.left = path.substr(1), .ended = false, .values = {}};
    if (!find(0, found)) return response::plain(status::not_found);
    return choose(*found.found, found, asked);
}

response router::choose(methods const& among, match& found, request const& asked) {
    auto const get = among.find("GET");
    auto chosen = among.find(asked.method());
    if (chosen == among.end() && asked.method() == "HEAD") chosen = get;
    if (chosen != among.end()) {
        route const& taken = chosen->second;
        asked.params_.clear();
        for (std::size_t i = 0; i < taken.names.size(); ++i)
            asked.params_.emplace_back(taken.names[i], std::move(found.values[i]));
        return taken.answer(asked);
    }
    std::string allowed;
    auto const allow = [&](std::string_view method) {
        allowed.append(allowed.empty() ? "" : ", ").append(method);
    };
    for (auto const& [method, answer] : among) allow(method);
    if (get != among.end() && !among.contains("HEAD")) allow("HEAD");
    return response::plain(status::method_not_allowed).header("Allow", allowed);
}

}  // namespace fibercast
