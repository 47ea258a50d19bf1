#pragma once

#include <fibercast/api.hpp>
#include <fibercast/coding/content_coding.hpp>
#include <fibercast/http/address_limit.hpp>
#include <fibercast/http/address_range.hpp>
#include <fibercast/http/handler.hpp>
#include <fibercast/http/request.hpp>
#include <fibercast/http/response.hpp>
#include <fibercast/runtime/overflow.hpp>
#include <fibercast/sse/hub.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace fibercast {

/// What those who subscribe may have.
struct subscribe_options {
    /// What they may ask for by `overflow=`. Not `block` unless it is put in: one of them could
    /// stop the publishers.
    std::vector<overflow> policies{overflow::drop_oldest, overflow::drop_newest,
                                   overflow::disconnect, overflow::catch_up};

    /// How many clients the hub takes; those who come at the same moment on other workers may
    /// exceed it by one each. 0: no limit.
    std::size_t max_clients = 0;
    /// In its place, where it is not known before the server has started: called for each request,
    /// on any worker.
    std::function<std::size_t()> client_limit = {};

    /// How many of them may come from one address, see `address_limit`. 0: no limit.
    std::size_t max_clients_per_address = 0;
    /// In its place, for several handlers together; null: each has its own.
    std::shared_ptr<address_limit> places_of_addresses = {};
    /// The proxies that say in `X-Forwarded-For` for whom they ask, see `client_address`. Without
    /// its proxy here, all who come through it are one address, also in what operators see.
    std::vector<address_range> trusted_proxies = {};

    /// How streams may be compressed, the best first: `Accept-Encoding` says which of them a client
    /// gets. None: they are not.
    std::vector<content_coding> codings = {};

    /// Asked about each request that is understood, before a client joins: whether it may have
    /// what it wants, and on which terms. It sets these, `rights`, `ends_at`, or anything else. A
    /// response is the answer in place of the stream. Empty: all may. On any worker, on several at
    /// once.
    std::function<std::optional<response>(request const&, subscription& wants)> admit = {};
};

/// Each request joins `clients` and has their stream for its answer; HEAD gets its head, and joins
/// nobody. For any route: `routes.get("/", subscribe_to(clients))`. The hub must outlive the handler.
///
/// Of the query: `topic`, which may come up to 100 times; `overflow`, one of the policies; and, for
/// who cannot send the field `Last-Event-ID`, `last_event_id`, an id or `earliest`. Other
/// parameters are not looked at. 400 with a sentence for a topic or policy that is none. A client
/// that names no id is greeted by an event; one that comes back gets what it has missed first.
///
/// When the hub or the address is full, who accepts `text/event-stream` by name, as every
/// EventSource does, gets an event `fibercast.busy` that makes it come again by itself, 5 to 15 s
/// later, and the stream's end. To others, as to curl, it is 503 with `Retry-After`.
FIBERCAST_API handler subscribe_to(hub& clients, subscribe_options settings = {});

}  // namespace fibercast
