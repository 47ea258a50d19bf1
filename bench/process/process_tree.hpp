#pragma once

#include <sys/types.h>

#include <vector>

namespace bench {

/// A process and all its living descendants, the process first: a server may be a shell script, or
/// a master with workers. Throws `failure` if the process has gone.
std::vector<pid_t> process_tree(pid_t root);

/// How many files they have open together.
std::size_t open_files_of(pid_t root);

}  // namespace bench
