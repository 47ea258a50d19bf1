#include <fibercast/access/verifier.hpp>

#include "bad_token.hpp"
#include "grant_cache.hpp"
#include "json_web_token.hpp"
#include "rights.hpp"

#include <fibercast/runtime/log.hpp>

#include <spdlog/logger.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <utility>

namespace fibercast {
namespace {

using std::chrono::seconds;

constexpr seconds longest_leeway{60};

[[noreturn]] void refuse(char const* why) { throw std::invalid_argument(why); }

verifier_options checked(verifier_options settings) {
    auto const& rules = settings.rules;
    if (rules.leeway < seconds(0) || rules.leeway > longest_leeway)
        refuse("the leeway for clocks is 0 to 60 seconds");
    if (rules.require_audience && rules.audience.empty())
        refuse("an audience must be set, as tokens must name it");
    auto const& metadata = settings.resource_metadata;
    bool const quotable = std::all_of(metadata.begin(), metadata.end(), [](char c) {
        return c > ' ' && c <= '~' && c != '"' && c != '\\';
    });
    if (!quotable) refuse("the URL of the resource's metadata is none");
    return settings;
}

url hub_in(verifier_options const& settings) {
    auto parsed = parse_url(settings.hub_url);
    if (!parsed) refuse("the hub's URL is none");
    return *std::move(parsed);
}

}  // namespace

class verifier::state {
public:
    state(std::shared_ptr<key_ring const> keys, verifier_options settings)
        : keys_(std::move(keys)),
          settings_(checked(std::move(settings))),
          hub_(hub_in(settings_)),
          cache_(settings_.remembered) {}

    /// Throws `bad_token`.
    std::shared_ptr<grant const> verify(std::string_view token, token_role role) {
        // The hash is of the whole, too.
        if (token.size() > settings_.rules.longest_token) throw bad_token{token_fault::too_long};
        auto const now = std::chrono::floor<seconds>(settings_.clock());
        auto const keys = keys_->keys();
        grant_cache::key const key(token, role);
        if (auto known = cache_.find(key, keys, now)) {
            remembered.fetch_add(1, std::memory_order_relaxed);
            return known;
        }
        auto made = verify_now(token, role, *keys, now);
        cache_.keep(key, keys, made);
        return made;
    }

    access_refusal refusal(access_error error) const {
        return {error, settings_.resource_metadata};
    }
    url const& hub() const noexcept { return hub_; }
    std::string const& audience() const noexcept { return settings_.rules.audience; }

    std::atomic<std::uint64_t> signature_checks = 0, remembered = 0, refused = 0;

private:
    std::shared_ptr<grant const> verify_now(std::string_view text, token_role role,
                                            trusted_keys const& keys,
                                            std::chrono::sys_seconds now) {
        auto const& rules = settings_.rules;
        auto const token = parse_json_web_token(text, rules.longest_token);
        grant made;
        made.expires = check_token(token, rules, now);
        made.subject = text_member(token.claims, "sub").value_or("");
        made.issuer = signer_of(token, rules, keys, role, signature_checks).id;
        read_rights(token.claims, rules, hub_, made);
        return std::make_shared<grant const>(std::move(made));
    }

    std::shared_ptr<key_ring const> const keys_;
    verifier_options const settings_;
    url const hub_;
    grant_cache cache_;
};

verifier::verifier(std::shared_ptr<key_ring const> keys, verifier_options settings)
    : state_(std::make_unique<state>(std::move(keys), std::move(settings))) {}

verifier::~verifier() = default;

std::variant<std::shared_ptr<grant const>, access_refusal> verifier::verify(std::string_view token,
                                                                            token_role role) const {
    try {
        return state_->verify(token, role);
    } catch (bad_token const& wrong) {
        state_->refused.fetch_add(1, std::memory_order_relaxed);
        log().debug("a token was refused: {}", name_of(wrong.why));
        return refusal(access_error::invalid_token);
    }
}

access_refusal verifier::refusal(access_error error) const { return state_->refusal(error); }

url const& verifier::hub_url() const noexcept { return state_->hub(); }

std::string const& verifier::audience() const noexcept { return state_->audience(); }

verifier_stats verifier::stats() const {
    return {state_->signature_checks.load(), state_->remembered.load(), state_->refused.load()};
}

}  // namespace fibercast
