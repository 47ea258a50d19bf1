#pragma once

#include "app/process/event_flag.hpp"

#include <string_view>

namespace fibercast::app {

/// Writes text to a descriptor at once. A reader that is gone loses what it does not read, and one
/// that reads no more cannot hold up the end of the program. One thread.
class text_output {
public:
    /// From when `stop` is set, nothing waits for the reader any more.
    text_output(int fd, event_flag const& stop) : fd_(fd), stop_(stop) {}

    void write(std::string_view text) noexcept;

private:
    bool wait_for_room() noexcept;

    int const fd_;
    event_flag const& stop_;
    bool gone_ = false;
};

}  // namespace fibercast::app
