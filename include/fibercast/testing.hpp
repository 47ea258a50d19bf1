#pragma once

// For tests of handlers, with any framework or none: link fibercast::testing.

#include <fibercast/api.hpp>
#include <fibercast/testing/event_reader.hpp>
#include <fibercast/testing/memory_output.hpp>
#include <fibercast/testing/test_address.hpp>
#include <fibercast/testing/test_client.hpp>
