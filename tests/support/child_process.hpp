#pragma once

#include "support/reader.hpp"
#include "support/unique_fd.hpp"

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a program has for standard input. Its output and its errors are pipes to us, except that a
/// terminal takes input and output.
enum class input_kind {
    pipe,
    nothing,  ///< /dev/null.
    terminal,
};

/// A program that we started. It dies with this object, and with us.
class child_process {
public:
    explicit child_process(std::vector<std::string> words, input_kind input = input_kind::pipe);
    ~child_process();
    child_process(child_process const&) = delete;
    child_process& operator=(child_process const&) = delete;

    pid_t pid() const noexcept { return pid_; }

    void write(std::string_view text);
    void close_input() noexcept { input_.reset(); }
    void close_output() noexcept { output_fd_.reset(); }
    void send(int signal);

    reader& output() noexcept { return output_; }
    reader& errors() noexcept { return errors_; }

    /// Waits for its end and returns the exit status; 128 and the signal, if one ended it. Throws
    /// `failure` when it does not end.
    int wait(std::chrono::milliseconds limit = patience);
    /// The same; nothing when it does not end.
    std::optional<int> ended_within(std::chrono::milliseconds limit);

    /// The terminal, if it has one.
    int terminal() const noexcept { return input_.get(); }

private:
    child_process(std::vector<std::string> words, input_kind input, struct child_ends ends);

    std::string name_;
    unique_fd input_;
    unique_fd output_fd_;
    unique_fd errors_fd_;
    reader output_;
    reader errors_;
    pid_t pid_ = -1;
    unique_fd handle_;  // a pidfd: can be waited for with a limit
    std::optional<int> status_;
};
