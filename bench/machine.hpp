#pragma once

#include <sched.h>

#include <vector>

namespace bench {

/// Prints what a figure is worth nothing without: kernel, CPU model, cores, memory.
void print_machine();

/// Raises the soft limit of open files to the hard one, for us and for the servers we start.
/// Throws if that is not enough for `clients` connections at once.
void make_room_for(int clients);

cpu_set_t cpu_set_of(std::vector<int> const& cores);

/// Pins the calling thread, and all that it starts later. No cores: not pinned.
void pin_to(std::vector<int> const& cores);

}  // namespace bench
