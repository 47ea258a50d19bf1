#include "subscription_document.hpp"

#include "http/percent.hpp"
#include "service/json_text.hpp"

#include <fmt/format.h>

namespace fibercast::mercure {

std::string path_of_subscriptions(std::string_view hub_path) {
    return fmt::format("{}/subscriptions", hub_path);
}

std::string path_of_subscriptions(std::string_view hub_path, wanted_matcher const& by) {
    auto const all = path_of_subscriptions(hub_path);
    auto const match = percent_encoded(by.text);
    return by.type == match_type::selector ? fmt::format("{}/{}", all, match)
                                           : fmt::format("{}/{}/{}", all, name_of(by.type), match);
}

std::string path_of(std::string_view hub_path, subscription_document const& one) {
    return fmt::format("{}/{}", path_of_subscriptions(hub_path, one.what),
                       percent_encoded(one.subscriber));
}

std::string members_of(std::string_view hub_path, subscription_document const& one) {
    auto const id = json_text(path_of(hub_path, one));
    auto const match = json_text(one.what.text);
    auto text = one.what.type == match_type::selector
                    ? fmt::format(R"("id":{},"type":"Subscription","topic":{})", id, match)
                    : fmt::format(R"("id":{},"type":"subscription","match_type":"{}","match":{})",
                                  id, name_of(one.what.type), match);
    text += fmt::format(R"(,"subscriber":{},"active":{})", json_text(one.subscriber), one.active);
    if (!one.payload.empty()) text.append(R"(,"payload":)").append(one.payload);
    return text;
}

std::string text_of(std::string_view hub_path, subscription_document const& one) {
    auto const* const context = one.what.type == match_type::selector ? linked_data : "";
    return fmt::format("{{{}{}}}", context, members_of(hub_path, one));
}

}  // namespace fibercast::mercure
