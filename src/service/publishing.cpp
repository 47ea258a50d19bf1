#include <fibercast/service/publishing.hpp>

#include "json_text.hpp"
#include "known_answers.hpp"
#include "publish_body.hpp"
#include "refusal.hpp"

#include <fibercast/runtime/deadline.hpp>
#include <fibercast/sse/audience.hpp>
#include <fibercast/sse/publish_request.hpp>

#include <fmt/format.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace fibercast {
namespace {

using answer = known_answers::answer;

constexpr std::size_t longest_key = 255;

/// The id that the event has on the wire, or would have.
std::optional<std::string> id_of(event const& sent, std::optional<event_id> const& place) {
    if (!place) return std::nullopt;
    return sent.id().empty() ? place->text() : sent.id();
}

publish_request private_event(outgoing const& of) {
    publish_request made{.topics = {}, .what = of.what, .is_private = true};
    made.topics.reserve(of.topics.size());
    for (auto const& each : of.topics) made.topics.push_back({each});
    return made;
}

/// The answer for the first event that may not be published.
std::optional<response> refusal_by(publish_permit const& permit, publish_body const& body) {
    if (!permit.refusal_of) return std::nullopt;
    for (auto const& each : body.events) {
        if (auto refused = permit.refusal_of(each.topics)) return refused;
    }
    return std::nullopt;
}

answer too_busy(std::size_t published, std::size_t of) {
    auto text = published == 0
                    ? std::string("the clients do not keep up, and nothing was published")
                    : fmt::format(
                          "the clients do not keep up, and only the first {} of "
                          "{} events were published",
                          published, of);
    return {status::service_unavailable, text + '\n', published != 0};
}

}  // namespace

class publisher::desk {
public:
    desk(hub& to, publish_options const& settings)
        : hub_(to), settings_(settings), known_(settings.keys, settings.key_lifetime) {}

    response take(request const& asked, publish_target to) {
        return or_refusal([&] {
            // Who is nobody is not told what is wrong with what they say.
            auto admitted = this->admitted(asked);
            if (auto* const refused = std::get_if<response>(&admitted)) return std::move(*refused);
            auto const& permit = std::get<publish_permit>(admitted);
            auto const body = read_publish_body(asked, to);
            if (auto refused = refusal_by(permit, body)) return std::move(*refused);
            auto const key = asked.header("Idempotency-Key");
            if (key.size() > longest_key)
                throw std::invalid_argument("the Idempotency-Key is longer than 255 bytes");
            auto const work = [&] { return publish(body); };
            if (key.empty()) return response_of(work());
            return response_of(known_.once(key_of(permit.publisher, key), all_of(asked), work));
        });
    }

private:
    std::variant<publish_permit, response> admitted(request const& asked) const {
        if (!settings_.admit) return publish_permit();
        return settings_.admit(asked);
    }

    answer publish(publish_body const& body) {
        auto const until = after(settings_.patience);
        audience reached;
        std::string last;
        std::size_t published = 0;
        for (auto const& each : body.events) {
            auto id = hand_over(each, until, reached);
            if (!id) return too_busy(published, body.events.size());
            last = *std::move(id);
            ++published;
        }
        auto const clients = reached.wait(until);
        if (!body.lines)
            return {status::ok,
                    fmt::format("{{\"id\":{},\"clients\":{}}}\n", json_text(last), clients)};
        return {status::ok, fmt::format("{{\"id\":{},\"published\":{},\"deliveries\":{}}}\n",
                                        json_text(last), published, clients)};
    }

    /// Returns the event's id; nothing: there was no room in time.
    std::optional<std::string> hand_over(outgoing const& one, deadline until, audience& reached) {
        if (one.is_private) return hub_.publish(private_event(one), until, &reached);
        return id_of(one.what, one.topics.empty()
                                   ? hub_.broadcast(one.what, until, &reached)
                                   : hub_.publish(one.topics, one.what, until, &reached));
    }

    /// No two publishers have the same ones, whatever they are called.
    static std::string key_of(std::string const& publisher, std::string_view key) {
        return fmt::format("{}:{}{}", publisher.size(), publisher, key);
    }

    /// What makes it the same request as another one.
    static std::string all_of(request const& asked) {
        return fmt::format("{}\n{}\n{}", asked.target(), asked.header("Content-Type"),
                           asked.body());
    }

    static response response_of(answer const& from) {
        if (from.code == status::ok) return json_answer(from.text);
        auto made = response::text(from.code, from.text);
        if (from.code == status::service_unavailable) made.header("Retry-After", "2");
        return made;
    }

    hub& hub_;
    publish_options const settings_;
    known_answers known_;
};

publisher::publisher(hub& to, publish_options settings)
    : desk_(std::make_shared<desk>(to, settings)) {}

handler publisher::broadcasting() const {
    return [desk = desk_](request const& asked) { return desk->take(asked, publish_target::all); };
}

handler publisher::to_topic() const {
    return
        [desk = desk_](request const& asked) { return desk->take(asked, publish_target::topic); };
}

handler publisher::to_topics() const {
    return
        [desk = desk_](request const& asked) { return desk->take(asked, publish_target::topics); };
}

}  // namespace fibercast
