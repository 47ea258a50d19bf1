#pragma once

#include <sys/socket.h>
#include <sys/un.h>

#include <string>
#include <string_view>

namespace fibercast::app {

/// Where datagrams for the service manager go: the socket whose address is in NOTIFY_SOCKET, see
/// sd_notify(3). Takes its descriptor when it is made, before clients can have them all.
///
/// Any thread.
class notify_socket {
public:
    /// A path, or `@` and an abstract name; empty: what is sent goes nowhere. Throws
    /// `std::invalid_argument` when it is neither, `std::system_error` without a descriptor.
    explicit notify_socket(std::string const& address);
    ~notify_socket();
    notify_socket(notify_socket const&) = delete;
    notify_socket& operator=(notify_socket const&) = delete;

    /// Blocks for a second at most, when there is no room. False: the datagram was not taken, and
    /// `errno` says why.
    bool send(std::string_view text) const noexcept;

private:
    sockaddr_un to_{};
    socklen_t length_ = 0;
    int fd_ = -1;
};

}  // namespace fibercast::app
