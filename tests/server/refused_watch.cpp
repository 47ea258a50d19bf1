#include "server/refused_watch.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace {

std::atomic<bool> refusing = false;

bool listens(int fd) noexcept {
    int value = 0;
    socklen_t size = sizeof value;
    return ::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &value, &size) == 0 && value != 0;
}

}  // namespace

// All of this program's.
extern "C" int epoll_ctl(int set, int operation, int fd, epoll_event* event) noexcept {
    if (refusing && operation == EPOLL_CTL_ADD && listens(fd)) {
        errno = ENOSPC;
        return -1;
    }
    return static_cast<int>(::syscall(SYS_epoll_ctl, set, operation, fd, event));
}

refused_watch::refused_watch() noexcept { refusing = true; }

refused_watch::~refused_watch() { refusing = false; }
