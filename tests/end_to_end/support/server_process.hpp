#pragma once

#include "support/child_process.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace end_to_end {

/// The program under test, serving. A test that does not end it itself has it ended here, and then
/// no client may be left and the exit status must be 0.
class server_process {
public:
    /// Returns when it listens: on a free port, without heartbeats and without a time after which
    /// a peer is gone, unless the options say so. `prefix` is a command that runs the program, such
    /// as `prlimit`.
    explicit server_process(std::vector<std::string> const& options = {},
                            input_kind input = input_kind::pipe,
                            std::vector<std::string> const& prefix = {});
    ~server_process();

    child_process& process() noexcept { return process_; }
    child_process const& process() const noexcept { return process_; }
    reader& log() noexcept { return process_.errors(); }
    /// The line that says where it listens.
    std::string const& announcement() const noexcept { return announcement_; }

    std::string url(std::string const& path = "/") const { return base_ + path; }
    std::uint16_t port() const;

    /// Has a command executed; returns all that it printed.
    std::string execute(std::string_view command);

    std::size_t stat(std::string_view name);
    void await_stat(std::string_view name, std::size_t value,
                    std::chrono::milliseconds limit = patience);

    /// Tells it to stop, and returns the exit status.
    int stop(int signal);

    /// Waits for the end that something else brings about, and returns the exit status.
    int wait(std::chrono::milliseconds limit = patience);

private:
    void end_in_peace();

    child_process process_;
    bool const has_console_;
    std::string announcement_;
    std::string base_;
    bool ended_ = false;
};

/// How many descriptors a process has open.
std::size_t open_descriptors_of(pid_t process);

/// The words that run the program under test.
std::vector<std::string> program(std::vector<std::string> const& options,
                                 std::vector<std::string> const& prefix = {});

}  // namespace end_to_end
