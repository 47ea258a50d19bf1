#include "own_stream.hpp"

#include "event_lines.hpp"

#include <fmt/format.h>

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <iterator>
#include <memory>
#include <system_error>

namespace fibercast::app {
namespace {

std::string encoded(std::string_view text) {
    std::string safe;
    for (char const c : text)
        fmt::format_to(std::back_inserter(safe), "%{:02x}", static_cast<unsigned char>(c));
    return safe;
}

[[noreturn]] void fail() {
    throw std::system_error(errno, std::system_category(), "cannot watch the stream");
}

/// To an address that is known, so this asks nobody and does not wait.
int connected_to(socket_address const& at) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(at.ip().c_str(), std::to_string(at.port()).c_str(), &hints, &found) != 0)
        throw std::system_error(std::make_error_code(std::errc::address_not_available),
                                "cannot watch the stream");
    std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> const owned(found, ::freeaddrinfo);
    int const fd = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) fail();
    if (::connect(fd, found->ai_addr, found->ai_addrlen) == 0) return fd;
    int const why = errno;
    ::close(fd);
    errno = why;
    fail();
}

}  // namespace

own_stream::own_stream(socket_address const& at, std::string_view topic) : fd_(connected_to(at)) {
    // Of HTTP/1.0, so that it comes without chunks.
    auto const asked = fmt::format("GET /?topic={} HTTP/1.0\r\n\r\n", encoded(topic));
    if (::send(fd_, asked.data(), asked.size(), MSG_NOSIGNAL) >= 0) return;
    int const why = errno;
    ::close(fd_);
    errno = why;
    fail();
}

own_stream::~own_stream() { ::close(fd_); }

std::optional<std::string> own_stream::read() {
    std::array<char, 16 * 1024> buffer;
    auto const count = ::recv(fd_, buffer.data(), buffer.size(), 0);
    if (count < 0 && errno == EINTR) return std::string();
    if (count <= 0) return std::nullopt;
    received_.append(buffer.data(), static_cast<std::size_t>(count));
    if (in_head_) {
        constexpr std::string_view end = "\r\n\r\n";
        auto const found = received_.find(end);
        if (found == received_.npos) return std::string();
        received_.erase(0, found + end.size());
        in_head_ = false;
    }
    auto lines = event_lines(received_);
    received_.erase(0, received_.rfind('\n') + 1);
    return lines;
}

}  // namespace fibercast::app
