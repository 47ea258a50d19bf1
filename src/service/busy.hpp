#pragma once

#include <fibercast/http/request.hpp>
#include <fibercast/http/response.hpp>

namespace fibercast {

/// What there is too much of.
enum class crowd { clients, clients_of_address };

/// Whether the caller names `text/event-stream` among what it accepts. An EventSource always does;
/// `*/*`, which allows it as well, is what programs send that read the status first.
bool asks_for_events(request const& asked) noexcept;

/// There is no room for one more stream. A status other than 200 would make an EventSource give up
/// for good, so it gets a stream that tells it when to come again, and ends. Others get 503.
response busy(request const& asked, crowd of);

}  // namespace fibercast
