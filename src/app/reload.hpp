#pragma once

#include "app/process/process_log.hpp"
#include "app/process/service_manager.hpp"
#include "options.hpp"

#include <fibercast/access/key_ring.hpp>

#include <functional>

namespace fibercast::app {

/// Opens the log file again and takes over what can be changed while the server runs, which is the
/// log level, from what `read_again` finds; and reads the keys again. Says in the log what has come of
/// it, and tells the service manager. What is wrong changes nothing.
void reload(process_log& log, service_manager& manager, key_ring& keys,
            std::function<parsed_options()> const& read_again);

}  // namespace fibercast::app
