#pragma once

#include <fibercast/runtime/deadline.hpp>

namespace fibercast::app {

/// Is set once and stays set. Threads wait for it alone or, as it is a descriptor, together with
/// input.
///
/// Any thread.
class event_flag {
public:
    /// Throws `std::system_error` when there is no descriptor for it.
    event_flag();
    ~event_flag();
    event_flag(event_flag const&) = delete;
    event_flag& operator=(event_flag const&) = delete;

    /// Idempotent.
    void set() noexcept;

    bool is_set() const noexcept { return wait(deadline{}); }

    /// Blocks until it is set. False: the time was up.
    bool wait(deadline until = never) const noexcept;

    /// Readable from when the flag is set.
    int native_handle() const noexcept { return fd_; }

private:
    int fd_;
};

}  // namespace fibercast::app
