#include "unread_pipe.hpp"

#include "support/failure.hpp"

#include <fmt/format.h>

#include <fcntl.h>

#include <array>

namespace end_to_end {
namespace {

/// `path` is the name of a pipe's end in /proc: opening it makes an end that does not block, while
/// the other users' still does.
void fill(std::string const& path) {
    unique_fd const fd(checked(::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC), "a pipe"));
    std::array<char, 4'096> const page{};
    while (::write(fd.get(), page.data(), page.size()) > 0) {
    }
    while (::write(fd.get(), page.data(), 1) > 0) {
    }
}

}  // namespace

void fill_pipe_of(pid_t program, int stream) {
    fill(fmt::format("/proc/{}/fd/{}", program, stream));
}

unread_pipe::unread_pipe(kind what) {
    std::array<int, 2> ends{};
    checked(::pipe2(ends.data(), O_CLOEXEC), "pipe2");
    read_ = unique_fd(ends[0]);
    write_ = unique_fd(ends[1]);
    checked(::fcntl(write_.get(), F_SETFD, 0), "F_SETFD");  // programs inherit this end
    if (what == kind::full) fill(fmt::format("/proc/self/fd/{}", write_.get()));
    if (what == kind::reader_gone) read_.reset();
}

}  // namespace end_to_end
