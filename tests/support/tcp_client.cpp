#include "support/tcp_client.hpp"

#include "support/connect_socket.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace {

constexpr std::chrono::seconds patience{60};

[[noreturn]] void fail(std::string const& what) {
    throw std::runtime_error("tcp_client: " + what + ": " + std::generic_category().message(errno));
}

bool readable_within(int fd, std::chrono::milliseconds time) {
    pollfd waiting{fd, POLLIN, 0};
    return TEMP_FAILURE_RETRY(::poll(&waiting, 1, static_cast<int>(time.count()))) > 0;
}

}  // namespace

tcp_client::tcp_client(std::uint16_t port, int receive_buffer)
    : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (fd_ < 0) fail("socket");
    // Before the connect: the window is announced with it.
    if (receive_buffer > 0) {
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    timeval const limit{patience.count(), 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (!connect_socket(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address)) {
        auto const reason = errno;
        close();
        errno = reason;
        fail("connect");
    }
}

tcp_client::~tcp_client() { close(); }

tcp_client::tcp_client(tcp_client&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), received_(std::move(other.received_)) {}

tcp_client& tcp_client::operator=(tcp_client&& other) noexcept {
    std::swap(fd_, other.fd_);
    std::swap(received_, other.received_);
    return *this;
}

bool tcp_client::send(std::string_view bytes) {
    while (!bytes.empty()) {
        auto const count =
            TEMP_FAILURE_RETRY(::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
        if (count < 0 && (errno == EPIPE || errno == ECONNRESET)) return false;
        if (count < 0) fail("send");
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

bool tcp_client::receive() {
    if (!readable_within(fd_, patience))
        throw std::runtime_error("tcp_client: too late after: " + received_);
    std::array<char, 65536> buffer;
    auto const count = TEMP_FAILURE_RETRY(::recv(fd_, buffer.data(), buffer.size(), 0));
    if (count > 0) received_.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0;
}

std::string tcp_client::take(std::size_t count) {
    auto const taken = received_.substr(0, count);
    received_.erase(0, count);
    return taken;
}

std::string tcp_client::read_until(std::string_view mark) {
    auto text = read_until_or_end(mark);
    if (!text.ends_with(mark)) throw std::runtime_error("tcp_client: closed after: " + text);
    return text;
}

std::string tcp_client::read_until_or_end(std::string_view mark) {
    std::size_t searched = 0;
    for (;;) {
        auto const found = received_.find(mark, searched);
        if (found != received_.npos) return take(found + mark.size());
        searched = received_.size() - std::min(received_.size(), mark.size());
        if (!receive()) return take(received_.size());
    }
}

std::string tcp_client::read_bytes(std::size_t count) {
    while (received_.size() < count) {
        if (!receive()) throw std::runtime_error("tcp_client: closed after: " + received_);
    }
    return take(count);
}

std::string tcp_client::read_all() {
    while (receive()) {
    }
    return std::exchange(received_, {});
}

std::optional<std::string> tcp_client::read_available(std::size_t most) {
    if (!received_.empty()) return take(std::min(most, received_.size()));
    std::string text(most, '\0');
    auto const count = TEMP_FAILURE_RETRY(::recv(fd_, text.data(), text.size(), MSG_DONTWAIT));
    if (count < 0 && errno == EAGAIN) return std::string();
    if (count <= 0) return std::nullopt;
    text.resize(static_cast<std::size_t>(count));
    return text;
}

bool tcp_client::ends_within(std::chrono::milliseconds time) {
    auto const limit = std::chrono::steady_clock::now() + time;
    for (;;) {
        using std::chrono::ceil;
        received_.clear();
        auto const left = ceil<std::chrono::milliseconds>(limit - std::chrono::steady_clock::now());
        if (left.count() <= 0 || !readable_within(fd_, left)) return false;
        if (!receive()) return true;
    }
}

bool tcp_client::is_reset() {
    errno = 0;
    read_all();
    return errno == ECONNRESET;
}

void tcp_client::shut_down_sending() { ::shutdown(fd_, SHUT_WR); }

void tcp_client::close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

void tcp_client::reset() {
    linger const at_once{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close();
}
