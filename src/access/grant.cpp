#include <fibercast/access/grant.hpp>

#include <algorithm>

namespace fibercast {

bool authorization_detail::covers(resolved_topic const& topic) const {
    return std::any_of(topics.begin(), topics.end(),
                       [&](auto const& each) { return each.matches(topic); });
}

bool grant::may_publish(std::span<resolved_topic const> topics) const {
    auto const allowed = [this](resolved_topic const& topic) {
        return std::any_of(details.begin(), details.end(),
                           [&](auto const& each) { return each.publish && each.covers(topic); });
    };
    return !topics.empty() && std::all_of(topics.begin(), topics.end(), allowed);
}

bool grant::may_read(std::span<resolved_topic const> topics) const {
    return std::any_of(topics.begin(), topics.end(), [this](resolved_topic const& topic) {
        return std::any_of(details.begin(), details.end(),
                           [&](auto const& each) { return each.subscribe && each.covers(topic); });
    });
}

std::string_view grant::payload_for(resolved_topic const& matcher_text) const {
    for (auto const& each : details) {
        if (each.subscribe && each.covers(matcher_text))
            return each.payload.empty() ? payload : each.payload;
    }
    return payload;
}

}  // namespace fibercast
