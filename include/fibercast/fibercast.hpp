#pragma once

// All of the library. From the bottom up:
//   runtime  fibers on worker threads, channels, waiting       runtime/worker_pool.hpp,
//   runtime/channel.hpp net      sockets that suspend the fiber                    net/socket.hpp
//   http     requests, responses, bodies, routes               http/router.hpp, http/body.hpp
//   sse      events, clients, and the hub that reaches them    sse/hub.hpp
//   server   accepts connections, serves each in a fiber       server/server.hpp

#include <fibercast/http/router.hpp>
#include <fibercast/runtime/blocking.hpp>
#include <fibercast/runtime/channel.hpp>
#include <fibercast/runtime/sleep.hpp>
#include <fibercast/runtime/worker_pool.hpp>
#include <fibercast/server/server.hpp>
#include <fibercast/sse/hub.hpp>
