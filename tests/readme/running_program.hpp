#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <sys/types.h>

/// A child process whose standard input we write.
class running_program {
public:
    /// Throws `std::system_error` when it cannot be started.
    explicit running_program(std::string const& path);

    /// Kills it, if nobody has waited for it.
    ~running_program();
    running_program(running_program const&) = delete;
    running_program& operator=(running_program const&) = delete;

    void type(std::string_view text);

    /// Ends its standard input and waits for its end. Returns its exit status; -1: a signal ended
    /// it.
    int finish();

    /// The TCP port it listens on; nothing as long as it does not.
    std::optional<std::uint16_t> listening_port() const;

private:
    void close_input();
    int wait();

    pid_t pid_ = -1;
    int input_ = -1;
};
