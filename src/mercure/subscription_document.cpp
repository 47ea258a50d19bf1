#include "subscription_document.hpp"

#include "http/percent.hpp"
#include "service/json_text.hpp"

#include <fmt/format.h>

namespace fibercast::mercure {

std::string path_of_subscriptions(std::string_view hub_path) {
    return fmt::format("{}/subscriptions", hub_path);
}

std::string path_of_subscriptions(std::string_view hub_path, wanted_matcher const& by) {
    return fmt::format("{}/subscriptions/{}/{}", hub_path, name_of(by.type),
                       percent_encoded(by.text));
}

std::string path_of(std::string_view hub_path, subscription_document const& one) {
    return fmt::format("{}/{}", path_of_subscriptions(hub_path, one.what),
                       percent_encoded(one.subscriber));
}

std::string text_of(std::string_view hub_path, subscription_document const& one) {
    auto text = fmt::format(
        R"({{"id":{},"type":"subscription","match_type":"{}","match":{},"subscriber":{},"active":{})",
        json_text(path_of(hub_path, one)), name_of(one.what.type), json_text(one.what.text),
        json_text(one.subscriber), one.active);
    if (!one.payload.empty()) text.append(R"(,"payload":)").append(one.payload);
    return text += '}';
}

}  // namespace fibercast::mercure
