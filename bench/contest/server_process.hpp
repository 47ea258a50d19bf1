#pragma once

#include "clients/endpoint.hpp"
#include "clients/publisher.hpp"
#include "contest/contestant.hpp"
#include "process/child_process.hpp"
#include "process/words.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>

namespace bench {

/// A server under test, listening: a child process, or one that ran before us.
class server_process {
public:
    /// Starts it if it has a command, on `port` (0: a free one), and returns when it accepts
    /// connections. Throws `failure` if it does not.
    server_process(contestant const& who, std::chrono::milliseconds timeout,
                   std::uint16_t port = 0);

    pid_t pid() const noexcept { return child_ ? child_->pid() : watched_; }  ///< 0: not known
    endpoint const& target() const noexcept { return target_; }
    server_ports const& ports() const noexcept { return ports_; }  ///< of a child process
    /// Null if no way is known: it runs already, and nobody said where to POST.
    bench::publisher* publisher() noexcept { return publisher_.get(); }

    /// Stops it and returns how it ended, with the end of its log: for the report of a failure.
    std::string last_words();

private:
    void await_listening(endpoint const& at, std::chrono::milliseconds timeout);
    void read_log(unique_fd output);

    std::string log_;  // the reader's until it is joined
    // A server that logs must not come to a stop because nobody reads its log. The thread ends when
    // the child has ended, so the child is the one to be destroyed first.
    std::jthread log_reader_;
    std::optional<child_process> child_;
    pid_t watched_ = 0;
    server_ports ports_;
    endpoint target_;
    std::unique_ptr<bench::publisher> publisher_;
};

}  // namespace bench
