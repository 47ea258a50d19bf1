#pragma once

#include <fibercast/datastar/read_signals.hpp>
#include <fibercast/sse/event.hpp>

#include <vector>

/// The events that a test of the SDK's suite asks for, by the signal `events`. Throws
/// `fibercast::request_error` and `std::invalid_argument`.
std::vector<fibercast::event> sdk_events(fibercast::datastar::signals const& asked);
