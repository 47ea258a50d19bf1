#pragma once

#include "support/patience.hpp"
#include "support/unique_fd.hpp"

#include <chrono>
#include <optional>
#include <string>

/// A Unix socket that datagrams come to, as a service manager has one.
class datagram_socket {
public:
    /// At an abstract name that the kernel chooses.
    datagram_socket();
    /// At a path, which it does not remove.
    explicit datagram_socket(std::string const& path);

    /// As NOTIFY_SOCKET has it: an abstract name begins with `@`.
    std::string const& address() const noexcept { return address_; }

    /// The next datagram. Throws `failure` when none comes.
    std::string receive();
    /// The same; nothing when none comes in time.
    std::optional<std::string> receive_within(std::chrono::milliseconds limit);

private:
    unique_fd fd_;
    std::string address_;
};
