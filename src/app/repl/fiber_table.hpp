#pragma once

#include <fibercast/runtime/fiber_census.hpp>

#include <cstddef>
#include <string>

namespace fibercast::app {

/// What fibers there are on so many workers, for a person: whole lines, most of one kind first, one
/// for each worker that has not answered, and one for what waits without a fiber: of so many
/// connections, some of which are clients' streams.
std::string fiber_table(fibers_of_workers const& from, std::size_t workers, std::size_t connections,
                        std::size_t streams);

}  // namespace fibercast::app
