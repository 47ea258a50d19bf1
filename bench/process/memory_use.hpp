#pragma once

#include <sys/types.h>

namespace bench {

/// Memory of a process and its descendants at one moment, in bytes.
struct memory_use {
    double pss = 0;          ///< of the processes: their own pages, their share of shared ones
    double page_tables = 0;  ///< of the processes, paid by the kernel
    double kernel_slab = 0;  ///< of the whole machine
    double tcp_buffers = 0;  ///< of the whole machine: what TCP accounts for queued data

    friend memory_use operator-(memory_use const& later, memory_use const& earlier);
};

memory_use memory_use_of(pid_t root);

}  // namespace bench
