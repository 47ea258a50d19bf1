#pragma once

#include <sched.h>

#include <string>
#include <vector>

namespace bench {

/// What a figure is worth nothing without: kernel, CPU model, cores, memory.
std::string describe_machine();

/// Raises the soft limit of open files to the hard one, for us and for the servers we start.
/// Throws if that is not enough for `clients` connections at once.
void make_room_for(int clients);

/// The cores that the calling thread may run on, ascending.
std::vector<int> allowed_cores();

cpu_set_t cpu_set_of(std::vector<int> const& cores);

/// Pins the calling thread, and all that it starts later. No cores: not pinned.
void pin_to(std::vector<int> const& cores);

}  // namespace bench
