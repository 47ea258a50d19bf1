#pragma once

#include "child_process.hpp"
#include "line_writer.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace bench {

/// A server under test: a child process that announces `listening on http://HOST:PORT` on its
/// standard error and obeys `broadcast TEXT` lines on its standard input.
class server_process {
public:
    /// `command` is split at blanks (double quotes group); `{port}` in it becomes 0, so that the
    /// server chooses. Returns when the server listens.
    server_process(std::string const& command, std::vector<int> const& cores,
                   std::chrono::milliseconds timeout);
    ~server_process();

    pid_t pid() const noexcept { return process_.pid(); }
    std::uint16_t port() const noexcept { return port_; }
    line_writer& input() noexcept { return input_; }

    /// Stops it and returns how it ended, with the end of its log: for the report of a failure.
    std::string last_words();

private:
    void await_listening(std::chrono::milliseconds timeout);
    bool read_log();
    void read_whole_log();

    child_process process_;
    line_writer input_;
    std::string log_;
    std::uint16_t port_ = 0;
    // A server that logs must not come to a stop because nobody reads its log. Ends when the child
    // has ended, which it must before this is joined: hence our destructor.
    std::jthread log_reader_;
};

}  // namespace bench
