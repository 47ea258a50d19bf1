#pragma once

#include <fibercast/http/router.hpp>

namespace fibercast::app {

/// Adds the console page at `/`, the demo at `/demo`, and at `/console/...` what they load. None of
/// them loads anything from elsewhere, and browsers are told not to let them.
void add_console_pages(router& to);

}  // namespace fibercast::app
