#include "rights.hpp"

#include "bad_token.hpp"
#include "json_web_token.hpp"
#include "strict_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>
#include <utility>

namespace fibercast {
namespace {

namespace json = boost::json;

constexpr std::string_view mercure_detail = "https://mercure.rocks/authorization-detail";

[[noreturn]] void refuse() { throw bad_token{token_fault::bad_rights}; }

json::array const& array_in(json::value const* value) {
    auto const* const found = value == nullptr ? nullptr : value->if_array();
    if (found == nullptr) refuse();
    return *found;
}

json::object const& object_in(json::value const& value) {
    auto const* const found = value.if_object();
    if (found == nullptr) refuse();
    return *found;
}

std::string_view text_in(json::value const* value) {
    auto const* const found = value == nullptr ? nullptr : value->if_string();
    if (found == nullptr) refuse();
    return *found;
}

class reader {
public:
    reader(token_rules const& rules, url const& hub) : rules_(rules), hub_(hub) {}

    /// RFC 9396, section 2: details of other types are for others.
    std::vector<authorization_detail> details(json::array const& all) const {
        std::vector<authorization_detail> found;
        for (auto const& each : all) {
            auto const& object = object_in(each);
            if (text_in(member(object, "type")) != mercure_detail) continue;
            if (found.size() == rules_.most_details) refuse();
            found.push_back(detail(object));
        }
        return found;
    }

    /// The claim `mercure` of 0.x: a payload is for all subscriptions.
    void read_mercure(json::object const& claim, grant& to) const {
        for (bool const publish : {true, false}) {
            auto const* const selectors = member(claim, publish ? "publish" : "subscribe");
            if (selectors == nullptr || selectors->is_null()) continue;
            authorization_detail made{.publish = publish, .subscribe = !publish};
            for (auto const& each : bounded(array_in(selectors)))
                made.topics.push_back(selector(text_in(&each)));
            to.details.push_back(std::move(made));
        }
        auto const* const payload = member(claim, "payload");
        if (payload != nullptr && !payload->is_null()) to.payload = json::serialize(*payload);
    }

private:
    json::array const& bounded(json::array const& topics) const {
        if (topics.size() > rules_.most_topics) refuse();
        return topics;
    }

    authorization_detail detail(json::object const& from) const {
        authorization_detail made;
        auto const& actions = array_in(member(from, "actions"));
        auto const& topics = array_in(member(from, "topics"));
        if (actions.empty() || topics.empty()) refuse();
        for (auto const& each : actions) {
            auto const action = text_in(&each);
            made.publish = made.publish || action == "publish";
            made.subscribe = made.subscribe || action == "subscribe";
        }
        for (auto const& each : bounded(topics)) {
            auto const& object = object_in(each);
            auto const* const type = member(object, "match_type");
            // An empty type is none that is supported: only a missing one means `exact`.
            if (type != nullptr && text_in(type).empty()) refuse();
            made.topics.push_back(
                matcher(text_in(member(object, "match")), type == nullptr ? "" : text_in(type)));
        }
        if (auto const* const payload = member(from, "payload"))
            made.payload = json::serialize(object_in(*payload));
        return made;
    }

    topic_matcher matcher(std::string_view match, std::string_view type) const {
        return checked(match, [&] { return topic_matcher(match, type, hub_); });
    }

    topic_matcher selector(std::string_view text) const {
        return checked(text, [&] { return topic_matcher::from_selector(text); });
    }

    template <typename Make>
    topic_matcher checked(std::string_view match, Make make) const {
        if (match.size() > rules_.longest_match) refuse();
        try {
            return make();
        } catch (std::invalid_argument const&) {
            refuse();
        }
    }

    token_rules const& rules_;
    url const& hub_;
};

}  // namespace

void read_rights(json::object const& claims, token_rules const& rules, url const& hub, grant& to) {
    reader const read(rules, hub);
    if (rules.rights == token_rules::rights_claim::mercure) {
        for (auto const name : {"mercure", "https://mercure.rocks/"}) {
            if (auto const* const claim = member(claims, name))
                return read.read_mercure(object_in(*claim), to);
        }
    }
    // Tokens of 1.0 count among those of old, too, as long as they are changed one after the other.
    if (auto const* const claim = member(claims, "authorization_details"))
        to.details = read.details(array_in(claim));
}

}  // namespace fibercast
