#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/response.hpp>

#include <functional>
#include <optional>
#include <span>
#include <string>

namespace fibercast {

/// What the one may publish from whom a request is.
struct publish_permit {
    /// Asked about each event before the first of the request is published, with the event's
    /// topics; without topics it is for all clients. A response: it may not be, and that is the
    /// answer. Empty: anything may be published.
    std::function<std::optional<response>(std::span<std::string const> topics)> refusal_of = {};

    /// Who that is, in any words: what one has published with an `Idempotency-Key` is nothing to
    /// others with the same key. Those of whom nothing is said are one.
    std::string publisher = {};
};

}  // namespace fibercast
