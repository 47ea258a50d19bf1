#pragma once

#include "console_state.hpp"

#include <fibercast/http/handler.hpp>

#include <memory>

namespace fibercast::app {

/// The stream from which a console page lives: the state, now and after each second, until the page
/// goes or the server drains.
handler console_feed(std::shared_ptr<console_state> of);

}  // namespace fibercast::app
