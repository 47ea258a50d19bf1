#pragma once

#include "known_matchers.hpp"
#include "service/client_gate.hpp"
#include "subscription_tracker.hpp"

#include <fibercast/http/handler.hpp>
#include <fibercast/mercure/mercure_hub.hpp>

#include <memory>

namespace fibercast::mercure {

/// What the routes of a hub share.
struct desk {
    desk(hub& to, hub_settings chosen);

    url const& hub_url() const noexcept { return settings.access.tokens->hub_url(); }
    bool speaks_0x() const noexcept { return settings.version == protocol::v0_x; }
    /// A token that does not allow what it is shown for, or none that could.
    response refuse(access_error error) const;

    hub& clients;
    hub_settings const settings;
    client_gate const gate;
    known_matchers matchers;
    std::shared_ptr<subscription_tracker> const tracker;  // null: nobody is told
};

using desk_ptr = std::shared_ptr<desk>;

/// GET and QUERY.
handler subscribing(desk_ptr of);
/// POST.
handler publishing(desk_ptr of);
/// The active subscriptions: those of the route's parameters `type`, `match` and `subscriber`, which
/// it need not have. The desk has a tracker.
handler listing(desk_ptr of);
/// The metadata of the hub as a protected resource.
handler describing(desk_ptr of);

}  // namespace fibercast::mercure
