#include "acceptor.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
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

int option(int fd, int level, int name) {
    int value = 0;
    socklen_t size = sizeof value;
    if (::getsockopt(fd, level, name, &value, &size) != 0)
        throw std::system_error(errno, std::system_category(), "getsockopt");
    return value;
}

void require_listening_tcp(int fd) {
    auto const fail = [](std::errc why) { throw std::system_error(std::make_error_code(why)); };
    int const family = option(fd, SOL_SOCKET, SO_DOMAIN);
    if (family != AF_INET && family != AF_INET6) fail(std::errc::address_family_not_supported);
    if (option(fd, SOL_SOCKET, SO_PROTOCOL) != IPPROTO_TCP) fail(std::errc::wrong_protocol_type);
    if (option(fd, SOL_SOCKET, SO_ACCEPTCONN) == 0) fail(std::errc::invalid_argument);
}

/// As large as an option of the kernel's can be.
template <typename Number>
int as_int(Number value) {
    return static_cast<int>(std::clamp<Number>(value, 0, std::numeric_limits<int>::max()));
}

/// The kernel copies these into every connection it accepts, which saves their calls each time.
void set_inherited(int fd, tcp_options const& chosen) {
    set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    set_option(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, as_int(chosen.user_timeout.count()));
    if (chosen.unsent_limit != 0)
        set_option(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, as_int(chosen.unsent_limit));
    // The kernel doubles the number, for its records of the bytes.
    if (chosen.send_buffer != 0)
        set_option(fd, SOL_SOCKET, SO_SNDBUF, as_int(chosen.send_buffer / 2));
}

}  // namespace

listening_socket::listening_socket(tcp::endpoint const& address, tcp_options const& inherited,
                                   bool beside_others)
    : fd_(::socket(address.protocol().family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    if (fd_ < 0) throw std::system_error(errno, std::system_category(), "socket");
    try {
        set_option(fd_, SOL_SOCKET, SO_REUSEADDR, 1);
        if (beside_others && address.protocol() == tcp::v6())
            set_option(fd_, IPPROTO_IPV6, IPV6_V6ONLY, 1);
        set_inherited(fd_, inherited);
        if (::bind(fd_, address.data(), static_cast<socklen_t>(address.size())) != 0)
            throw std::system_error(errno, std::system_category(), "cannot listen");
    } catch (...) {
        ::close(fd_);
        throw;
    }
}

listening_socket listening_socket::copy_of(int listening, tcp_options const& inherited) {
    require_listening_tcp(listening);
    listening_socket copy(::fcntl(listening, F_DUPFD_CLOEXEC, 0));
    int const flags = ::fcntl(copy.fd_, F_GETFL);
    if (copy.fd_ < 0 || ::fcntl(copy.fd_, F_SETFL, flags | O_NONBLOCK) != 0)
        throw std::system_error(errno, std::system_category(), "fcntl");
    set_inherited(copy.fd_, inherited);
    return copy;
}

listening_socket::~listening_socket() {
    if (fd_ >= 0) ::close(fd_);
}

listening_socket::listening_socket(listening_socket&& other) noexcept : fd_(other.release()) {}

void listening_socket::listen() {
    if (::listen(fd_, backlog) != 0)
        throw std::system_error(errno, std::system_category(), "cannot listen");
}

socket_address listening_socket::address() const {
    sockaddr_storage bound{};
    socklen_t length = sizeof bound;
    auto* const general = reinterpret_cast<sockaddr*>(&bound);
    if (::getsockname(fd_, general, &length) != 0)
        throw std::system_error(errno, std::system_category(), "getsockname");
    return socket_address(*general);
}

int listening_socket::release() noexcept { return std::exchange(fd_, -1); }

int acceptor::accept(std::error_code& error) noexcept {
    int const from = descriptor_.native_handle();
    if (from < 0) {
        error = std::make_error_code(std::errc::operation_canceled);
        return -1;
    }
    int fd = -1;
    do {
        fd = ::accept4(from, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    } while (fd < 0 && (errno == EINTR || errno == ECONNABORTED));
    error = fd < 0 ? std::error_code(errno, std::system_category()) : std::error_code();
    return fd;
}

bool out_of_resources(std::error_code error) noexcept {
    return error == std::errc::too_many_files_open ||
           error == std::errc::too_many_files_open_in_system ||
           error == std::errc::no_buffer_space || error == std::errc::not_enough_memory;
}

}  // namespace fibercast
