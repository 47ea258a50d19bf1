#pragma once

// What programs use of the library. From the bottom up, and where to begin to read:
//
//   runtime  fibers on worker threads, channels, waiting       runtime/worker_pool.hpp, channel.hpp
//   net      sockets that suspend the fiber                    net/socket.hpp
//   http     requests, responses, bodies, routes               http/router.hpp, http/body.hpp
//   url      URLs, URL patterns and URI Templates              url/url_pattern.hpp
//   access   who a request is from, and what they may do       access/with_bearer.hpp
//   coding   compression                                       coding/with_compression.hpp
//   sse      events, clients, and the hub that reaches them    sse/hub.hpp, sse/event.hpp
//   service  the hub over HTTP                                 service/subscribing.hpp
//   server   accepts connections, serves each in a fiber       server/server.hpp
//
// Not in here, for few need them: url/, access/, net/socket.hpp, runtime/activity.hpp, fiber_group.hpp,
// one_shot.hpp, wake_up.hpp, worker_local.hpp and for_each_worker.hpp.

#include <fibercast/api.hpp>
#include <fibercast/coding/with_compression.hpp>
#include <fibercast/http/access_log.hpp>
#include <fibercast/http/cors.hpp>
#include <fibercast/http/origin_check.hpp>
#include <fibercast/http/query.hpp>
#include <fibercast/http/rate_limit.hpp>
#include <fibercast/http/request_error.hpp>
#include <fibercast/http/router.hpp>
#include <fibercast/http/sleep.hpp>
#include <fibercast/runtime/blocking.hpp>
#include <fibercast/runtime/channel.hpp>
#include <fibercast/runtime/handler_stack.hpp>
#include <fibercast/runtime/log.hpp>
#include <fibercast/runtime/sleep.hpp>
#include <fibercast/runtime/stop_signals.hpp>
#include <fibercast/runtime/worker_pool.hpp>
#include <fibercast/server/server.hpp>
#include <fibercast/service/admin_guard.hpp>
#include <fibercast/service/clients_page.hpp>
#include <fibercast/service/health.hpp>
#include <fibercast/service/metrics.hpp>
#include <fibercast/service/publishing.hpp>
#include <fibercast/service/subscribing.hpp>
#include <fibercast/sse/event.hpp>
#include <fibercast/sse/hub.hpp>
#include <fibercast/version.hpp>
