#include <fibercast/service/token_access.hpp>

#include <fibercast/service/topic_urls.hpp>
#include <fibercast/sse/reader_rights.hpp>

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

namespace fibercast {
namespace {

/// A grant, as the hub asks it.
class granted_rights final : public reader_rights {
public:
    explicit granted_rights(grant_ptr from) : from_(std::move(from)) {}

    bool may_read(std::span<event_topic const> topics) const noexcept override {
        try {
            return from_->may_read(resolved(topics));
        } catch (std::exception const&) {
            return false;  // there is no memory to find out
        }
    }

private:
    grant_ptr const from_;
};

/// Nothing counts as a token less than this before it ends: a client that still takes its last bytes
/// ends a second behind `subscription::ends_at`, and must not outlive its token.
constexpr std::chrono::seconds last_bytes{1};

/// That moment of the system's clock, which may be too far away for its nanoseconds.
deadline deadline_at(std::chrono::sys_seconds when) {
    using seconds = std::chrono::duration<double>;
    return after(seconds(when.time_since_epoch()) -
                 seconds(std::chrono::system_clock::now().time_since_epoch()));
}

/// When the stream of somebody with that token ends, which has an end.
deadline end_of(grant const& from) { return deadline_at(*from.expires - last_bytes); }

/// Whether a pattern of the hub is for all that `wanted` is for, which may be a pattern, too.
bool covers(std::string_view pattern, std::string_view wanted) noexcept {
    if (pattern == "*" || pattern == wanted) return true;
    bool const all_below = pattern.ends_with("/**");
    if (!all_below && !pattern.ends_with("/*")) return false;
    auto const beginning = pattern.substr(0, pattern.rfind('/') + 1);
    if (!wanted.starts_with(beginning) || wanted.size() == beginning.size()) return false;
    auto const rest = wanted.substr(beginning.size());
    return all_below || (rest != "**" && rest.find('/') == rest.npos);
}

bool allows_everything(authorization_detail const& detail) {
    return detail.publish && std::ranges::any_of(detail.topics, &topic_matcher::is_all);
}

bearer_options presented(access_rules const& rules, token_role role) {
    return {.role = role,
            .cookie = rules.cookie,
            .parameter = rules.parameter,
            .origins = rules.origins};
}

}  // namespace

std::variant<grant_ptr, access_refusal> reader_of(request const& asked, access_rules const& rules) {
    bool const presents_none =
        token_of(asked, {rules.parameter, rules.cookie}).from == presented_token::source::nothing;
    if (presents_none && !rules.anonymous.empty()) return grant_ptr();
    auto answer = grant_of(asked, *rules.tokens, presented(rules, token_role::subscribe));
    // Its stream would end before it has begun, and the browser come back until the leeway is over.
    auto const* const from = std::get_if<grant_ptr>(&answer);
    if (from != nullptr && (*from)->expires && end_of(**from) <= deadline::clock::now())
        return rules.tokens->refusal(access_error::invalid_token);
    return answer;
}

std::variant<grant_ptr, access_refusal> publisher_of(request const& asked,
                                                     access_rules const& rules) {
    return grant_of(asked, *rules.tokens, presented(rules, token_role::publish));
}

bool may_subscribe(grant_ptr const& from, access_rules const& rules, std::string_view wanted) {
    return from != nullptr || std::ranges::any_of(rules.anonymous, [&](auto const& each) {
               return covers(each, wanted);
           });
}

void set_terms(subscription& to, grant_ptr const& from) {
    if (from == nullptr) return;
    to.rights = std::make_shared<granted_rights const>(from);
    if (from->expires) to.ends_at = std::min(to.ends_at, end_of(*from));
}

bool may_publish(grant const& from, access_rules const& rules,
                 std::span<std::string const> topics) {
    if (topics.empty()) return std::ranges::any_of(from.details, allows_everything);
    auto const& hub = rules.tokens->hub_url();
    std::vector<resolved_topic> about;
    about.reserve(topics.size());
    for (auto const& each : topics) {
        if (is_reserved(each, hub)) return false;
        about.emplace_back(each, hub);
    }
    return from.may_publish(about);
}

}  // namespace fibercast
