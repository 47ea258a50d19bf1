#include "desk.hpp"
#include "http/escape.hpp"
#include "new_id.hpp"
#include "pattern_matcher.hpp"
#include "selector_matcher.hpp"
#include "service/jitter.hpp"
#include "service/refusal.hpp"
#include "wanted.hpp"

#include <fibercast/http/request_error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

namespace fibercast::mercure {
namespace {

/// The pattern of the hub's for all topics.
constexpr char const* everything = "*";

/// Of all matchers of a subscriber: anybody may be one, and a regular expression takes memory, and
/// time for each event.
constexpr std::size_t most_regexps = 10;

class subscribe_handler {
public:
    explicit subscribe_handler(desk_ptr of) : desk_(std::move(of)) {}

    response operator()(request const& asked) const {
        return or_refusal([&] {
            auto const reader = reader_of(asked, desk_->settings.access);
            if (auto const* const refused = std::get_if<access_refusal>(&reader))
                return refused->answer();
            return stream_for(asked, std::get<grant_ptr>(reader));
        });
    }

private:
    response stream_for(request const& asked, grant_ptr const& from) const {
        auto const all = read_wanted(asked, desk_->settings.version);
        subscription wants;
        wants.tell_of_gaps = false;
        wants.open_at_once = true;
        wants.coding = desk_->gate.coding_for(asked);
        wants.last_event_id = all.last_event_id.value_or("");
        std::size_t regexps = 0;
        for (auto const& each : all.matchers) {
            if (!add(each, from, wants, regexps)) return desk_->refuse(access_error::no_token);
        }
        set_terms(wants, from);
        wants.ends_at = std::min(wants.ends_at, latest_end());
        return desk_->gate.let_in(asked, [&] { return joined(wants, all, from); });
    }

    /// False: without a token, that may not be subscribed to. Counts the regular expressions.
    bool add(wanted_matcher const& one, grant_ptr const& from, subscription& to,
             std::size_t& regexps) const {
        auto const& access = desk_->settings.access;
        if (one.text == everything) {
            to.topics = {everything};
            return may_subscribe(from, access, everything);
        }
        bool const is_name = one.type == match_type::exact || (one.type == match_type::selector &&
                                                               one.text.find('{') == one.text.npos);
        if (is_name) {
            to.exact_topics.push_back(one.text);
            return may_subscribe(from, access, one.text);
        }
        auto const matcher = compiled(one);
        regexps += matcher->regexps();
        if (regexps > most_regexps)
            throw request_error(fmt::format("more than {} regular expressions, with that of {}",
                                            most_regexps, in_quotes(one.text)));
        to.matchers.push_back(matcher);
        // All that it is for is below its beginning.
        auto const prefix = matcher->prefix();
        auto const below = std::string(prefix.substr(0, prefix.rfind('/') + 1)) + "**";
        return may_subscribe(from, access, below);
    }

    matcher_ptr compiled(wanted_matcher const& one) const {
        try {
            if (one.type == match_type::selector) {
                return desk_->matchers.get(
                    one.text, [&] { return std::make_unique<selector_matcher const>(one.text); });
            }
            return desk_->matchers.get(one.text, [&] {
                return std::make_unique<pattern_matcher const>(one.text, desk_->hub_url());
            });
        } catch (std::invalid_argument const& wrong) {
            throw request_error(fmt::format("{}: {}", in_quotes(one.text), wrong.what()));
        }
    }

    deadline latest_end() const {
        auto const longest = desk_->settings.longest_stream;
        return longest.count() == 0 ? never : after(jitter(longest - longest / 10, longest));
    }

    response joined(subscription const& wants, wanted const& all, grant_ptr const& from) const {
        auto client = desk_->clients.join(wants);
        // Before anything suspends.
        auto const behind = client.begins_behind();
        if (desk_->tracker) {
            desk_->tracker->track(client, std::make_shared<subscriber const>(
                                              subscriber{new_id(), all.matchers, from}));
        }
        auto made = event_stream(std::move(client));
        if (all.last_event_id)
            made.header(desk_->speaks_0x() ? "Last-Event-ID" : "Mercure-Last-Event-ID",
                        behind.value_or(std::string(subscription::earliest)));
        return made;
    }

    desk_ptr const desk_;
};

}  // namespace

handler subscribing(desk_ptr of) { return subscribe_handler(std::move(of)); }

}  // namespace fibercast::mercure
