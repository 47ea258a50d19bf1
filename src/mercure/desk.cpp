#include "desk.hpp"

#include <utility>

namespace fibercast::mercure {

desk::desk(hub& to, hub_settings chosen)
    : clients(to),
      settings(std::move(chosen)),
      gate(to, settings.limits),
      tracker(settings.subscriptions
                  ? std::make_shared<subscription_tracker>(to, hub_url(), settings.patience)
                  : nullptr) {}

response desk::refuse(access_error error) const {
    return settings.access.tokens->refusal(error).answer();
}

}  // namespace fibercast::mercure
