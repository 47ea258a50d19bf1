#pragma once

#include "process/unique_fd.hpp"

#include <sys/types.h>

#include <string>
#include <vector>

namespace bench {

/// A program that we started, with a pipe into its standard input and one out of its standard
/// error; its standard output is discarded.
///
/// It dies with this object, with all that it started; alone also with us, of SIGKILL. Must be made
/// on the main thread: the kernel ties the child's life to the thread that made it.
class child_process {
public:
    /// Cores: where to pin it; none leaves it alone.
    child_process(std::vector<std::string> words, std::vector<int> const& cores);
    child_process(child_process const&) = delete;
    ~child_process();

    pid_t pid() const noexcept { return pid_; }
    unique_fd take_input() noexcept { return std::move(input_); }  ///< non-blocking
    int output() const noexcept { return output_.get(); }
    unique_fd take_output() noexcept { return std::move(output_); }
    bool has_ended() const;

    /// SIGTERM, and SIGKILL if that does not help. Returns how it ended, in words. Once only.
    std::string stop();

private:
    pid_t pid_ = -1;
    unique_fd handle_;  // a pidfd: can be waited for with a deadline
    unique_fd input_;
    unique_fd output_;
};

}  // namespace bench
