#pragma once

namespace fibercast {

class event_loop;

/// Makes the calling thread schedule its fibers together with `events`, which must outlive the
/// thread.
void schedule_fibers_with(event_loop& events);

}  // namespace fibercast
