#pragma once

// What programs use of Datastar's SDK, https://data-star.dev: see docs/datastar.md.

#include <fibercast/api.hpp>
#include <fibercast/datastar/execute_script.hpp>
#include <fibercast/datastar/patch_elements.hpp>
#include <fibercast/datastar/patch_signals.hpp>
#include <fibercast/datastar/read_signals.hpp>
#include <fibercast/datastar/sse.hpp>
