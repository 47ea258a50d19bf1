#pragma once

#include "app/process/event_flag.hpp"

#include <termios.h>

#include <functional>
#include <optional>

namespace fibercast::app {

/// The modes a terminal had when this was made, so that they can be put back. Any thread may do so.
class terminal_modes {
public:
    /// Remembers nothing if `fd` is no terminal.
    explicit terminal_modes(int fd) noexcept;

    void restore() const noexcept;

private:
    int fd_;
    std::optional<termios> modes_;
};

/// Waits until there is input to read, or its end. While `fd` is a terminal that another job has in
/// the foreground, its input is that job's, and this waits. False: the flag was set first.
bool wait_for_input(int fd, event_flag const& stop) noexcept;

/// Calls `readable` each time `other` is, until that is false. True: until there was input on `fd`,
/// as above.
bool watch_until_input(int fd, event_flag const& stop, int other,
                       std::function<bool()> const& readable);

/// Waits until `fd` is no terminal that another job has. False: the flag was set first.
bool wait_for_foreground(int fd, event_flag const& stop) noexcept;

}  // namespace fibercast::app
