#pragma once

#include "support/patience.hpp"

#include <chrono>
#include <string>
#include <string_view>

/// Reads a descriptor, which it does not own, and never waits without a limit. What fails says all
/// that has been read.
class reader {
public:
    reader(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}

    /// Returns what comes next, up to and with `text`.
    std::string until(std::string_view text, std::chrono::milliseconds limit = patience);

    /// The next line, without its end.
    std::string line();

    /// Returns what comes next, up to the end.
    std::string until_end(std::chrono::milliseconds limit = patience);

    /// Reads until nothing is there at the moment, and returns all that has ever been read.
    std::string const& seen();

private:
    using clock = std::chrono::steady_clock;

    bool read_more(clock::time_point until);
    [[noreturn]] void fail(std::string const& what) const;

    int fd_;
    std::string name_;
    std::string seen_;
    std::size_t taken_ = 0;
    bool ended_ = false;
};
