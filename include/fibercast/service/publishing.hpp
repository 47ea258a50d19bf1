#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/handler.hpp>
#include <fibercast/http/request.hpp>
#include <fibercast/http/response.hpp>
#include <fibercast/service/publish_permit.hpp>
#include <fibercast/sse/hub.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <variant>

namespace fibercast {

struct publish_options {
    /// How long a request waits for a hub whose workers are behind, and then for the number of
    /// clients.
    std::chrono::milliseconds patience{2'000};
    /// How long the answer to an `Idempotency-Key` is known.
    std::chrono::milliseconds key_lifetime{600'000};
    /// How many of them; about 500 bytes each. The oldest is forgotten for one more.
    std::size_t keys = 10'000;
    /// Asked about each request before anything in its body is looked at, also about one that is
    /// repeated: what may be published. A response is the answer in place of publishing. Empty:
    /// anything may be. On any worker, on several at once; the request outlives the permit.
    std::function<std::variant<publish_permit, response>(request const&)> admit = {};
};

/// Publishing by POST, from any language. The handlers may be copied and used on all workers; they
/// share what is known of keys. The hub must outlive them. See docs/http-api.md for what a body may
/// be and for the answers.
///
///     publisher publishing(clients);
///     routes.post("/broadcast", publishing.broadcasting());
///     routes.post("/topics/{topic...}", publishing.to_topic());
///     routes.post("/publish", publishing.to_topics());
class FIBERCAST_API publisher {
public:
    explicit publisher(hub& to, publish_options settings = {});

    /// Events for all clients.
    handler broadcasting() const;
    /// Events for the topic that the route's parameter `topic` holds, and maybe for others.
    handler to_topic() const;
    /// Events that carry their topics.
    handler to_topics() const;

private:
    class FIBERCAST_HIDDEN desk;
    std::shared_ptr<desk> desk_;
};

}  // namespace fibercast
