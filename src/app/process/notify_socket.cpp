#include "notify_socket.hpp"

#include "http/escape.hpp"

#include <fmt/format.h>

#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <stdexcept>
#include <system_error>

namespace fibercast::app {

notify_socket::notify_socket(std::string const& address) {
    if (address.empty()) return;
    bool const abstract = address.front() == '@';
    // A path ends with a zero, and an abstract name begins with one.
    if ((!abstract && address.front() != '/') || address.size() >= sizeof to_.sun_path)
        throw std::invalid_argument(fmt::format(
            "NOTIFY_SOCKET is {}, and neither a path nor an abstract name", in_quotes(address)));
    to_.sun_family = AF_UNIX;
    std::memcpy(to_.sun_path, address.data(), address.size());
    if (abstract) to_.sun_path[0] = '\0';
    length_ = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address.size() +
                                     (abstract ? 0 : 1));
    fd_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    timeval const patience{1, 0};
    if (fd_ < 0 || ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) != 0) {
        std::error_code const why(errno, std::system_category());
        if (fd_ >= 0) ::close(fd_);
        throw std::system_error(why, "a socket for the service manager");
    }
}

notify_socket::~notify_socket() {
    if (fd_ >= 0) ::close(fd_);
}

bool notify_socket::send(std::string_view text) const noexcept {
    if (fd_ < 0) return true;
    auto const* const to = reinterpret_cast<sockaddr const*>(&to_);
    ssize_t sent = 0;
    do {
        sent = ::sendto(fd_, text.data(), text.size(), MSG_NOSIGNAL, to, length_);
    } while (sent < 0 && errno == EINTR);
    return sent >= 0;
}

}  // namespace fibercast::app
