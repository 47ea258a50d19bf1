#pragma once

#include "options.hpp"

#include <fibercast/http/handler.hpp>
#include <fibercast/server/endpoint.hpp>
#include <fibercast/server/server.hpp>
#include <fibercast/service/subscribing.hpp>
#include <fibercast/sse/hub_options.hpp>

#include <memory>
#include <vector>

namespace fibercast::app {

// What the options mean to the parts of the program.

hub_options hub_settings(options const& from);

/// `serving` must outlive them, and be there when the first request comes.
subscribe_options stream_settings(options const& from, std::unique_ptr<server> const& serving);

/// Of the public address: what pages of other origins may read.
handler for_other_origins(handler routes, options const& from);

/// On `sockets`, where there are some.
server::options server_settings(options const& from, std::vector<int> sockets);

/// With the limits of HTTP and of the network that the public one has; operators get in when it is
/// full.
endpoint admin_endpoint(options const& from, std::vector<int> sockets);

}  // namespace fibercast::app
