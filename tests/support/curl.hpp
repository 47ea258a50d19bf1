#pragma once

#include "support/child_process.hpp"

#include <string>
#include <vector>

/// curl's exit status for a response that ended before its end: politely, as a reset is another one.
inline constexpr int curl_unfinished = 18;

/// A curl that is running: one terminal of the many. Closing the terminal is destroying it.
class curl {
public:
    /// Prints what comes as it comes, without curl's own remarks.
    explicit curl(std::string const& url, std::vector<std::string> const& options = {});

    reader& output() noexcept { return process_.output(); }
    child_process& process() noexcept { return process_; }

    /// Waits for its end; returns curl's exit status.
    int wait(std::chrono::milliseconds limit = patience) { return process_.wait(limit); }

private:
    child_process process_;
};

/// A stream that has been greeted.
class curl_stream : public curl {
public:
    explicit curl_stream(std::string const& url, std::vector<std::string> const& options = {});
};

/// Runs curl to its end and returns what it printed: with `-i`, the head and the body.
std::string fetch(std::string const& url, std::vector<std::string> const& options = {"-i"});
