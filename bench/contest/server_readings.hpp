#pragma once

#include "clients/latency_histogram.hpp"
#include "contest/scoreboard.hpp"
#include "process/cpu_time.hpp"

#include <sys/types.h>

#include <string_view>

namespace bench {

/// CPU time of a server and of the driver since its making.
class cpu_meter {
public:
    /// `server` 0: not known, then there are readings of the driver only.
    explicit cpu_meter(pid_t server);

    /// Adds what was used for each `unit` ("event", "connect") of `count`.
    void add_to(readings& all, std::string_view unit, double count) const;

    double server_seconds() const;
    double driver_seconds() const;

private:
    pid_t server_;
    cpu_time server_before_;
    cpu_time::duration driver_before_;
};

/// Adds p50, p99 and max.
void add_latencies(readings& all, latency_histogram const& latencies);

}  // namespace bench
