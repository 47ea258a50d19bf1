#include <fibercast/service/publishing.hpp>

#include "json_text.hpp"
#include "known_answers.hpp"
#include "publish_body.hpp"
#include "refusal.hpp"

#include <fibercast/runtime/deadline.hpp>
#include <fibercast/sse/audience.hpp>

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace fibercast {
namespace {

using answer = known_answers::answer;

constexpr std::size_t longest_key = 255;

/// The id that the event has on the wire.
std::string id_of(outgoing const& sent, event_id const& place) {
    return sent.what.id().empty() ? place.text() : sent.what.id();
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
            auto const body = read_publish_body(asked, to);
            auto const key = asked.header("Idempotency-Key");
            if (key.size() > longest_key)
                throw std::invalid_argument("the Idempotency-Key is longer than 255 bytes");
            auto const work = [&] { return publish(body); };
            return response_of(key.empty() ? work()
                                           : known_.once(std::string(key), all_of(asked), work));
        });
    }

private:
    answer publish(publish_body const& body) {
        auto const until = after(settings_.patience);
        audience reached;
        std::string last;
        std::size_t published = 0;
        for (auto const& each : body.events) {
            auto const place = each.topics.empty()
                                   ? hub_.broadcast(each.what, until, &reached)
                                   : hub_.publish(each.topics, each.what, until, &reached);
            if (!place) return too_busy(published, body.events.size());
            last = id_of(each, *place);
            ++published;
        }
        auto const clients = reached.wait(until);
        if (!body.lines)
            return {status::ok,
                    fmt::format("{{\"id\":{},\"clients\":{}}}\n", json_text(last), clients)};
        return {status::ok, fmt::format("{{\"id\":{},\"published\":{},\"deliveries\":{}}}\n",
                                        json_text(last), published, clients)};
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
