#include <fibercast/runtime/stop_signals.hpp>

#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <system_error>

namespace fibercast {

stop_signals::stop_signals() {
    ::sigemptyset(&watched_);
    ::sigaddset(&watched_, SIGINT);
    ::sigaddset(&watched_, SIGTERM);
    fd_ = ::signalfd(-1, &watched_, SFD_CLOEXEC);
    if (fd_ < 0) throw std::system_error(errno, std::system_category(), "signalfd");
    ::pthread_sigmask(SIG_BLOCK, &watched_, &before_);
}

stop_signals::~stop_signals() {
    timespec const now{};
    while (::sigtimedwait(&watched_, nullptr, &now) > 0) continue;
    ::close(fd_);
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

int stop_signals::wait() {
    signalfd_siginfo taken{};
    while (::read(fd_, &taken, sizeof taken) < 0) {
        if (errno != EINTR) throw std::system_error(errno, std::system_category(), "signalfd");
    }
    return static_cast<int>(taken.ssi_signo);
}

}  // namespace fibercast
