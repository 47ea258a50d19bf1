#pragma once

#include "app/process/event_flag.hpp"
#include "line_source.hpp"

#include <cstddef>
#include <string>

namespace fibercast::app {

/// Lines from a pipe, a file, or a terminal that nobody sees. Ended by LF or CRLF; the last one may
/// go without. One thread.
class plain_lines final : public line_source {
public:
    /// Waiting for input ends when `stop` is set.
    plain_lines(int fd, event_flag const& stop) : fd_(fd), stop_(stop) {}

    result read(std::string& line) override;
    void watch(int fd, std::function<bool()> const& readable) override;

private:
    bool take_line(std::string& line);
    bool take_rest(std::string& line);
    result checked(std::string& line);
    result refill();

    int const fd_;
    event_flag const& stop_;
    std::string buffer_;
    std::size_t begin_ = 0;  // of what has not been taken out of the buffer
    bool skipping_ = false;  // the line's beginning was thrown away
};

}  // namespace fibercast::app
