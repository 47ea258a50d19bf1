#pragma once

#include <fibercast/runtime/fiber_census.hpp>

#include <cstddef>
#include <string>

namespace fibercast::app {

/// What fibers there are on so many workers, for a person: whole lines, most of one kind first, and
/// one for each worker that has not answered.
std::string fiber_table(fibers_of_workers const& from, std::size_t workers);

}  // namespace fibercast::app
