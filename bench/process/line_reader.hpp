#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace bench {

/// Reads lines from a pipe that it does not own.
class line_reader {
public:
    explicit line_reader(int pipe) : pipe_{pipe} {}

    /// The next line without its newline, or nothing at the end of input or after the deadline.
    /// Throws `interruption` after Ctrl-C.
    std::optional<std::string> next(std::chrono::steady_clock::time_point deadline);

private:
    std::optional<std::string> take_line();
    bool wait(std::chrono::steady_clock::time_point deadline) const;

    int pipe_;
    std::string held_;
};

}  // namespace bench
