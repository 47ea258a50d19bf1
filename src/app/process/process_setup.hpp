#pragma once

namespace fibercast::app {

/// What the whole process needs, once, before it starts threads: descriptors 0 to 2 are open,
/// writing to who has gone is an error and no signal, and characters are UTF-8.
void set_up_process() noexcept;

}  // namespace fibercast::app
