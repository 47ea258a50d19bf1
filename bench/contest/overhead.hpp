#pragma once

namespace bench {

/// CPU time that the driver itself needs, in microseconds.
struct driver_overhead {
    double per_event = 0;           ///< that comes alone
    double per_gathered_event = 0;  ///< of many that come together
};

/// Measures it with clients whose other ends are in this process and send ready-made events.
driver_overhead measure_driver_overhead();

}  // namespace bench
