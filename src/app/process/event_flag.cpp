#include "event_flag.hpp"

#include "poll_until.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace fibercast::app {

event_flag::event_flag() : fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (fd_ < 0) throw std::system_error(errno, std::system_category(), "eventfd");
}

event_flag::~event_flag() { ::close(fd_); }

void event_flag::set() noexcept { [[maybe_unused]] auto const status = ::eventfd_write(fd_, 1); }

bool event_flag::wait(deadline until) const noexcept {
    std::array<pollfd, 1> wanted{{{fd_, POLLIN, 0}}};
    return poll_until(wanted, until);
}

}  // namespace fibercast::app
