#include <fibercast/net/acceptor.hpp>

#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace fibercast {
namespace {

using boost::asio::ip::tcp;

/// Listens with the longest queue the system allows: a herd of reconnecting clients waits in it.
constexpr int backlog = SOMAXCONN;

void set_option(int fd, int level, int name, int value) {
    if (::setsockopt(fd, level, name, &value, sizeof value) != 0) {
        throw std::system_error(errno, std::system_category(), "setsockopt");
    }
}

}  // namespace

listening_socket::listening_socket(tcp::endpoint const& address, tcp_options const& inherited)
    : fd_(::socket(address.protocol().family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    if (fd_ < 0) throw std::system_error(errno, std::system_category(), "socket");
    try {
        set_option(fd_, SOL_SOCKET, SO_REUSEADDR, 1);
        // The kernel copies these into every connection it accepts, which saves two calls each.
        set_option(fd_, IPPROTO_TCP, TCP_NODELAY, 1);
        set_option(fd_, IPPROTO_TCP, TCP_USER_TIMEOUT,
                   static_cast<int>(inherited.user_timeout.count()));
        if (::bind(fd_, address.data(), static_cast<socklen_t>(address.size())) != 0 ||
            ::listen(fd_, backlog) != 0) {
            throw std::system_error(errno, std::system_category(), "cannot listen");
        }
    } catch (...) {
        ::close(fd_);
        throw;
    }
}

listening_socket::~listening_socket() {
    if (fd_ >= 0) ::close(fd_);
}

tcp::endpoint listening_socket::address() const {
    tcp::endpoint bound;
    auto length = static_cast<socklen_t>(bound.capacity());
    if (::getsockname(fd_, bound.data(), &length) != 0) {
        throw std::system_error(errno, std::system_category(), "getsockname");
    }
    return bound;
}

int listening_socket::release() noexcept { return std::exchange(fd_, -1); }

int acceptor::accept(std::error_code& error) {
    for (;;) {
        if (descriptor_.native_handle() >= 0) {
            int const fd = ::accept4(descriptor_.native_handle(), nullptr, nullptr,
                                     SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (fd >= 0) {
                error = {};
                return fd;
            }
            if (errno == EINTR || errno == ECONNABORTED) continue;
            if (errno != EAGAIN && errno != EWOULDBLOCK) {
                error.assign(errno, std::system_category());
                return -1;
            }
        }
        error = descriptor_.wait();
        if (error) return -1;
    }
}

bool out_of_resources(std::error_code error) noexcept {
    return error == std::errc::too_many_files_open ||
           error == std::errc::too_many_files_open_in_system ||
           error == std::errc::no_buffer_space || error == std::errc::not_enough_memory;
}

}  // namespace fibercast
