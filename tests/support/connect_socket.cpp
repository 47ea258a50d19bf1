#include "support/connect_socket.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

bool connect_socket(int fd, sockaddr const* address, socklen_t length) {
    if (::connect(fd, address, length) == 0) return true;
    if (errno != EINTR) return false;
    pollfd writable{fd, POLLOUT, 0};
    if (TEMP_FAILURE_RETRY(::poll(&writable, 1, -1)) < 0) return false;
    int reason = 0;
    socklen_t size = sizeof reason;
    if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &reason, &size) != 0) return false;
    errno = reason;
    return reason == 0;
}
