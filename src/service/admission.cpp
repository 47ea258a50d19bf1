#include <fibercast/service/admission.hpp>

#include <fibercast/access/access_refusal.hpp>
#include <fibercast/access/credentials.hpp>
#include <fibercast/http/origin.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <utility>

namespace fibercast {
namespace {

using rules_ptr = std::shared_ptr<access_rules const>;

rules_ptr checked(access_rules rules) {
    check_known_origins(rules.origins);
    return std::make_shared<access_rules const>(std::move(rules));
}

/// Whoever has a token that names nobody is only that token.
std::string name_of(grant const& from, request const& asked, access_rules const& rules) {
    return from.subject.empty()
               ? std::string(token_of(asked, {.cookie = rules.cookie}).text)
               : fmt::format("{} {}{}", from.issuer.size(), from.issuer, from.subject);
}

}  // namespace

std::function<std::optional<response>(request const&, subscription&)> admit_readers(
    access_rules rules) {
    return [rules = checked(std::move(rules))](request const& asked,
                                               subscription& wants) -> std::optional<response> {
        auto const reader = reader_of(asked, *rules);
        if (auto const* const refused = std::get_if<access_refusal>(&reader))
            return refused->answer();
        auto const& from = std::get<grant_ptr>(reader);
        auto const may = [&](auto const& topic) { return may_subscribe(from, *rules, topic); };
        if (!std::ranges::all_of(wants.topics, may))
            return rules->tokens->refusal(access_error::no_token).answer();
        set_terms(wants, from);
        return std::nullopt;
    };
}

std::function<std::variant<publish_permit, response>(request const&)> admit_publishers(
    access_rules rules) {
    rules.parameter.clear();
    return [rules = checked(std::move(rules))](
               request const& asked) -> std::variant<publish_permit, response> {
        auto const publisher = publisher_of(asked, *rules);
        if (auto const* const refused = std::get_if<access_refusal>(&publisher))
            return refused->answer();
        auto const& from = std::get<grant_ptr>(publisher);
        auto const refusal_of =
            [rules, from](std::span<std::string const> topics) -> std::optional<response> {
            if (may_publish(*from, *rules, topics)) return std::nullopt;
            return rules->tokens->refusal(access_error::insufficient_scope).answer();
        };
        return publish_permit{refusal_of, name_of(*from, asked, *rules)};
    };
}

}  // namespace fibercast
