#include <fibercast/mercure/mercure_hub.hpp>

#include "desk.hpp"
#include "http/percent.hpp"
#include "service/json_text.hpp"

#include <fibercast/http/origin.hpp>
#include <fibercast/service/topic_urls.hpp>

#include <fmt/format.h>

#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace fibercast::mercure {
namespace {

constexpr std::string_view metadata_path = "/.well-known/oauth-protected-resource";

[[noreturn]] void refuse(char const* why) { throw std::invalid_argument(why); }

}  // namespace

void check_hub_url(url const& hub) {
    if (hub.scheme != "http" && hub.scheme != "https") refuse("the hub's URL is of http or https");
    if (hub.query || hub.fragment) refuse("the hub's URL has no query and no fragment");
    if (hub.href().size() > longest_hub_url) refuse("the hub's URL is longer than 512 bytes");
    bool const has_empty_segment = hub.path.ends_with('/') || hub.path.find("//") != hub.path.npos;
    if (has_empty_segment || percent_encoded_path(hub.path) != hub.path)
        refuse("the path of the hub's URL is of segments of letters, digits and -._~");
}

namespace {

std::string list_of(std::vector<std::string> const& texts) {
    std::string made;
    for (auto const& each : texts) made += (made.empty() ? "" : ",") + json_text(each);
    return '[' + made + ']';
}

/// RFC 9728, section 2, and the protocol's own members.
std::string metadata(hub_settings const& of) {
    auto made = fmt::format(R"({{"resource":{})", json_text(of.access.tokens->audience()));
    if (!of.authorization_servers.empty())
        made += R"(,"authorization_servers":)" + list_of(of.authorization_servers);
    made +=
        R"(,"authorization_details_types_supported":["https://mercure.rocks/authorization-detail"])"
        R"(,"bearer_methods_supported":["header"])";
    if (!of.access.cookie.empty()) made += R"(,"mercure_cookie":)" + json_text(of.access.cookie);
    made += R"(,"mercure_matcher_types_supported":["exact","urlpattern"])";
    if (of.subscriptions) made += R"(,"mercure_subscriptions":true)";
    return made += '}';
}

}  // namespace

handler describing(desk_ptr of) {
    return [text = metadata(of->settings)](request const&) { return json_answer(text); };
}

std::string metadata_url(url const& hub) {
    return hub.origin() + std::string(metadata_path) + hub.path;
}

void add_routes(router& to, hub& clients, hub_settings settings) {
    auto const hub = settings.access.tokens->hub_url();
    check_hub_url(hub);
    check_known_origins(settings.access.origins);
    auto const shared = std::make_shared<desk>(clients, std::move(settings));
    auto const subscribe = subscribing(shared);
    to.get(hub.path, subscribe);
    to.add("QUERY", hub.path, subscribe);
    to.post(hub.path, publishing(shared));
    bool const old = shared->speaks_0x();
    // Hubs of the versions 0.x say nothing of themselves.
    if (!old) to.get(std::string(metadata_path) + hub.path, describing(shared));
    if (!shared->tracker) return;
    auto const list = listing(shared);
    auto const base = hub.path + "/subscriptions";
    auto const by_matcher = base + (old ? "/{match}" : "/{type}/{match}");
    to.get(base, list);
    to.get(by_matcher, list);
    to.get(by_matcher + "/{subscriber}", list);
}

}  // namespace fibercast::mercure
