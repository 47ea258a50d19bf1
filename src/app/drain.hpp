#pragma once

#include <fibercast/server/server.hpp>
#include <fibercast/sse/hub.hpp>

#include <chrono>

namespace fibercast::app {

/// Stops the server so that its clients neither go nor come back all at once: nobody new is accepted,
/// what was broadcast goes out, and the streams end one after the other, spread over `spread` or a
/// millisecond for each, whichever is less. Says in the log how far it is. What is left after that
/// is ended at once, and cut after `patience`.
void drain(hub& clients, server& serving, std::chrono::milliseconds spread,
           std::chrono::milliseconds patience);

}  // namespace fibercast::app
