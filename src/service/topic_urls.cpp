#include <fibercast/service/topic_urls.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

namespace fibercast {
namespace {

// What a location does not say follows behind this, which no topic and no URL has in it.
constexpr char mark = '\n';

/// Without a host, what looks like one is of the path: `a:/.//b`.
bool has_a_path_like_a_host(url const& it) {
    return !it.host && !it.opaque_path && it.path.starts_with("//");
}

std::string user_of(url const& it) {
    return it.password.empty() ? it.username : it.username + ':' + it.password;
}

std::optional<url> parse_spelling(std::string_view text) {
    auto const end = text.find(mark);
    if (end == text.npos) return parse_url(text);
    std::string whole(text.substr(0, end));
    auto const user = text.substr(end + 1);
    auto const behind_scheme = whole.find(':') + 1;
    if (user.empty())
        whole.insert(behind_scheme, "/.");
    else
        whole.insert(behind_scheme + 2, std::string(user) + '@');
    return parse_url(whole);
}

/// More than an event usually has topics, and few enough to look through.
class url_memo {
public:
    std::optional<url> const& of(std::string_view text) {
        // A thousand matchers may ask for the same one after the other: no search for each.
        if (text.empty() || last_[asked_].text != text) asked_ = place_of(text);
        return last_[asked_].what;
    }

private:
    struct entry {
        std::string text;
        std::optional<url> what;
    };

    std::size_t place_of(std::string_view text) {
        auto const found =
            std::ranges::find_if(last_, [&](auto const& each) { return each.text == text; });
        if (found != last_.end() && !text.empty())
            return static_cast<std::size_t>(found - last_.begin());
        auto const at = next_++ % last_.size();
        auto& place = last_[at];
        place.text.clear();  // so that it is nobody's when what follows throws
        place.what = parse_spelling(text);
        place.text = text;
        return at;
    }

    std::array<entry, 8> last_;
    std::size_t next_ = 0;
    std::size_t asked_ = 0;  // who was asked for last
};

struct event_memo {
    std::vector<event_topic> topics;
    std::vector<resolved_topic> what;
};

}  // namespace

std::string url_spelling(std::string_view topic, url const& hub) {
    auto const it = parse_url(topic, &hub);
    if (!it) return {};
    auto made = it->location();
    if (it->query) made += '?' + *it->query;
    if (it->fragment) made += '#' + *it->fragment;
    auto const user = user_of(*it);
    if (!user.empty() || has_a_path_like_a_host(*it)) made += mark + user;
    return made == topic ? std::string() : made;
}

std::function<std::string(std::string_view)> spelled_as_urls(url const& hub) {
    if (hub.href().size() > longest_hub_url)
        throw std::invalid_argument("the hub's URL is longer than 512 bytes");
    return [hub](std::string_view topic) { return url_spelling(topic, hub); };
}

std::optional<url> const& url_of(std::string_view as_matched) {
    thread_local url_memo known;
    return known.of(as_matched);
}

std::span<resolved_topic const> resolved(std::span<event_topic const> topics) {
    thread_local event_memo last;
    if (std::ranges::equal(topics, last.topics)) return last.what;
    last.topics.clear();
    last.what.clear();
    for (auto const& each : topics)
        last.what.push_back(resolved_topic(each.text, parse_spelling(each.as_matched())));
    last.topics.assign(topics.begin(), topics.end());
    return last.what;
}

namespace {

/// Of a host that has other characters than ASCII's, which `parse_url` does not know to be one.
bool is_of_ascii(std::string_view host) noexcept {
    return std::ranges::all_of(host, [](unsigned char c) { return c < 0x80 && c != '%'; });
}

/// The topic with another host, for what it says behind that; nothing when it names none, or one
/// of ASCII.
std::optional<std::string> with_some_host(std::string_view topic) {
    topic = topic.substr(std::min(topic.find_first_not_of(' '), topic.size()));
    auto const mark_of_scheme = topic.find_first_of(":/\\?#");
    bool const has_scheme = mark_of_scheme != topic.npos && topic[mark_of_scheme] == ':';
    auto const slashes = has_scheme ? mark_of_scheme + 1 : 0;
    auto const start = std::min(topic.find_first_not_of("/\\", slashes), topic.size());
    auto const end = std::min(topic.find_first_of("/\\?#", start), topic.size());
    if (is_of_ascii(topic.substr(start, end - start))) return std::nullopt;
    return "https://some.example" + std::string(topic.substr(end));
}

}  // namespace

bool is_reserved(std::string_view topic, url const& hub) {
    auto it = parse_url(topic, &hub);
    if (!it) {
        auto const other = with_some_host(topic);
        if (other) it = parse_url(*other);
    }
    if (!it) return false;
    auto const own = hub.plain_path();
    auto const path = it->plain_path();
    return path.starts_with(own) && (path.size() == own.size() || path[own.size()] == '/');
}

}  // namespace fibercast
