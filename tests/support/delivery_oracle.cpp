#include "support/delivery_oracle.hpp"

#include "support/some_topics.hpp"

#include <algorithm>
#include <utility>

bool pattern_matches(std::string_view pattern, std::string_view topic) {
    if (pattern == "*" || pattern == topic) return true;
    bool const rest = pattern.ends_with("/**");
    if (!rest && !pattern.ends_with("/*")) return false;
    auto const prefix = pattern.substr(0, pattern.find_last_of('/') + 1);
    if (!topic.starts_with(prefix)) return false;
    return rest || topic.find('/', prefix.size()) == topic.npos;
}

namespace {

template <typename All, typename Predicate>
bool any(All const& of, Predicate is) {
    return std::any_of(of.begin(), of.end(), is);
}

bool is_among(std::vector<std::string> const& all, std::string const& topic) {
    return std::find(all.begin(), all.end(), topic) != all.end();
}

bool selects(delivery_oracle::wishes const& subscribed, std::string const& topic) {
    auto const spelled = spelling_of(topic);
    return is_among(subscribed.exact, topic) ||
           any(subscribed.patterns,
               [&](auto const& each) { return pattern_matches(each, topic); }) ||
           any(subscribed.endings, [&](auto const& each) {
               return spelled.starts_with(each.first) && spelled.ends_with(each.second);
           });
}

/// The number in `#epoch-number`.
std::optional<std::uint64_t> number_in(std::string const& id) {
    auto const dash = id.find('-');
    if (!id.starts_with('#') || dash == id.npos) return std::nullopt;
    return std::stoull(id.substr(dash + 1));
}

}  // namespace

void delivery_oracle::published(std::uint64_t number, std::vector<std::string> topics,
                                std::string text, std::string id, bool is_private) {
    lives_.back()[number] = {std::move(topics), std::move(text), std::move(id), is_private};
}

void delivery_oracle::restarted() { lives_.emplace_back(); }

bool delivery_oracle::witness::wants(event const& what) const {
    if (what.topics.empty()) return true;
    if (!any(what.topics, [&](auto const& each) { return selects(subscribed_, each); }))
        return false;
    return !what.is_private ||
           any(what.topics, [&](auto const& each) { return is_among(readable_, each); });
}

void delivery_oracle::witness::joins(std::uint64_t after) {
    life_ = of_.lives_.size();
    had_ = after;
    told_ = false;
    missed_.reset();
}

void delivery_oracle::witness::comes_back() {
    came_back_ = true;
    life_ = last_id_life_;
    had_ = last_id_place_;
    told_ = false;
    missed_.reset();
}

std::string delivery_oracle::witness::sees(fibercast::testing::received_event const& message) {
    if (message.type == "fibercast.gap") return sees_gap(message.data);
    if (life_ != of_.lives_.size()) return "it was not told of the restart before " + message.data;
    came_back_ = false;
    auto const& events = of_.events();
    auto number = number_in(message.last_event_id);
    for (auto const& [each, what] : events)
        if (what.text == message.data) number = each;
    if (!number) return "nobody has published " + message.data;
    if (*number <= had_) return message.data + " comes after what is later";
    if (auto const wrong = missing_before(*number); !wrong.empty()) return wrong;
    auto const found = events.find(*number);
    bool const alone = message.data.starts_with(sent_alone) || message.data == greeting;
    if (found == events.end() && !alone) return message.data + " has another's place";
    if (found != events.end()) {
        if (alone || found->second.text != message.data)
            return message.data + " has another's place";
        if (found->second.id != message.last_event_id) return message.data + " has another's id";
        if (!wants(found->second)) return message.data + " is not for it";
    }
    had_ = *number;
    told_ = false;
    missed_.reset();
    last_id_ = message.last_event_id;
    last_id_life_ = life_;
    last_id_place_ = had_;
    return {};
}

std::string delivery_oracle::witness::sees_gap(std::string const& data) {
    bool const dropped = data.find(R"("reason":"dropped")") != data.npos;
    bool const of_resume = !dropped && data.find("too-old") == data.npos;
    if (of_resume && !came_back_) return "without coming back: " + data;
    bool const of_another_life = last_id_life_ != of_.lives_.size();
    if (data.find("other-epoch") != data.npos && !of_another_life)
        return "there was no restart: " + data;
    if (of_resume && of_another_life) {
        life_ = of_.lives_.size();
        had_ = 0;
    }
    constexpr std::string_view key = "\"missed\":";
    auto const value = data.substr(data.find(key) + key.size());
    bool const known = !value.starts_with("null");
    if (known != dropped) return "what is dropped is counted, and nothing else: " + data;
    bool const all_known = known && (!told_ || missed_);
    missed_ = all_known ? std::optional(missed_.value_or(0) + std::stoull(value)) : std::nullopt;
    told_ = true;
    return {};
}

std::string delivery_oracle::witness::missing_before(std::uint64_t number) const {
    std::uint64_t missing = 0;
    std::string first;
    auto const& events = of_.events();
    for (auto each = events.upper_bound(had_); each != events.end() && each->first < number;
         ++each) {
        if (!wants(each->second)) continue;
        if (missing++ == 0) first = each->second.text;
    }
    if (missing != 0 && !told_) return first + " is missing without a word";
    if (missed_ && *missed_ < missing)
        return std::to_string(missing) + " are missing, and it was told of fewer";
    return {};
}
