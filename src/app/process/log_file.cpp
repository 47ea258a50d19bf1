#include "log_file.hpp"

#include "http/escape.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace fibercast::app {

log_file::log_file(std::string path) : path_(std::move(path)), fd_(open()) {}

log_file::~log_file() { ::close(fd_); }

int log_file::open() const {
    // A pipe that nobody reads is an error, and not what the start waits for.
    constexpr int flags = O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    int const fd = ::open(path_.c_str(), flags, 0640);
    if (fd >= 0) return fd;
    throw std::system_error(errno, std::system_category(),
                            fmt::format("the log file {}", escaped(path_)));
}

void log_file::reopen() {
    int const fresh = open();
    // In one step: nobody finds the number closed, or another file behind it.
    bool const replaced = ::dup3(fresh, fd_, O_CLOEXEC) >= 0;
    std::error_code const why(errno, std::system_category());
    ::close(fresh);
    if (!replaced) throw std::system_error(why, "dup3");
}

}  // namespace fibercast::app
