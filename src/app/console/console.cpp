#include "console.hpp"

#include "console_feed.hpp"
#include "console_pages.hpp"
#include "console_state.hpp"

#include <memory>
#include <utility>

namespace fibercast::app {

void add_console(router& to, hub& clients, server const& serving, event_flag const& stopping,
                 subscribe_options limits) {
    add_console_pages(to);
    to.get("/console/events",
           console_feed(std::make_shared<console_state>(clients, serving, stopping)));
    // Without the limits of the public address: an operator looks when there are too many.
    to.get("/console/tail", subscribe_to(clients));
    to.get("/demo/events", subscribe_to(clients, std::move(limits)));
}

}  // namespace fibercast::app
