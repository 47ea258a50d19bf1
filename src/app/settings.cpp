#include "settings.hpp"

#include "most_clients.hpp"

#include <fibercast/http/cors.hpp>
#include <fibercast/service/topic_urls.hpp>

#include <utility>

namespace fibercast::app {

hub_options hub_settings(options const& from) {
    return {.channel_capacity = from.channel_capacity,
            .overflow = from.overflow,
            .heartbeat = from.heartbeat,
            .history = from.history,
            .history_bytes = from.history_bytes,
            .history_age = from.history_age,
            .memory_limit = from.memory_limit,
            .spelling = from.access.knows_url_patterns()
                            ? spelled_as_urls(*parse_url(from.access.hub_url))
                            : hub_options{}.spelling};
}

subscribe_options stream_settings(options const& from, std::unique_ptr<server> const& serving) {
    subscribe_options settings{
        .policies = from.allow_overflow,
        .client_limit = [most = from.max_clients,
                         &serving] { return most_clients(most, serving->max_connections()); },
        .trusted_proxies = from.trusted_proxies,
        .codings = from.compression};
    // One for all streams, whatever their route.
    if (auto const most = from.max_clients_per_address; most != 0)
        settings.places_of_addresses = std::make_shared<address_limit>(most);
    // Without a history there is nothing to catch up from.
    if (from.history == 0) std::erase(settings.policies, overflow::catch_up);
    return settings;
}

handler for_other_origins(handler routes, options const& from) {
    if (from.cors_origins.empty()) return routes;
    return with_cors({.origins = from.cors_origins, .credentials = from.cors_credentials},
                     std::move(routes));
}

server::options server_settings(options const& from, std::vector<int> sockets) {
    server::options settings;
    settings.sockets = std::move(sockets);
    settings.host = from.host;
    settings.port = from.port;
    settings.workers = from.workers;
    settings.max_connections = from.max_connections;
    settings.tcp.user_timeout = from.peer_timeout;
    settings.tcp.unsent_limit = from.unsent_limit;
    settings.tcp.send_buffer = from.send_buffer;
    settings.handler_stack_size = from.handler_stack;
    settings.limits.bodies_bytes = from.bodies_limit;
    return settings;
}

endpoint admin_endpoint(options const& from, std::vector<int> sockets) {
    auto const all = server_settings(from, {});
    return {.host = from.admin->host,
            .port = from.admin->port,
            .limits = all.limits,
            .tcp = all.tcp,
            .extra_connections = 16,
            .sockets = std::move(sockets)};
}

}  // namespace fibercast::app
