#include "client_stream.hpp"

#include "event_lines.hpp"

#include <fmt/format.h>

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <iterator>
#include <system_error>

namespace fibercast::app {
namespace {

/// For what comes while the terminal's thread has no turn.
constexpr std::size_t capacity = std::size_t{1} << 20;

int new_eventfd() {
    int const fd = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (fd < 0) throw std::system_error(errno, std::system_category(), "eventfd");
    return fd;
}

void ring(int fd) noexcept { [[maybe_unused]] auto const status = ::eventfd_write(fd, 1); }

}  // namespace

client_stream::client_stream(client_id whom)
    : whom_(whom),
      fd_(new_eventfd()),
      tap_(std::make_shared<client_tap>(capacity, [fd = fd_] { ring(fd); })) {}

client_stream::~client_stream() {
    tap_->close();  // nobody rings behind this
    ::close(fd_);
}

std::unique_ptr<client_stream> client_stream::of(hub& clients, client_id whom) {
    std::unique_ptr<client_stream> made(new client_stream(whom));
    return clients.tap(whom, made->tap_) ? std::move(made) : nullptr;
}

std::optional<std::string> client_stream::read() {
    if (ended_) return std::nullopt;
    eventfd_t rings = 0;
    ::eventfd_read(fd_, &rings);
    auto const more = tap_->take();
    std::string lines;
    if (more.began) fmt::format_to(std::back_inserter(lines), "client {} gets:\n", whom_);
    lines += event_lines(more.text);
    if (more.left_out != 0)
        fmt::format_to(std::back_inserter(lines), "{} events are not shown\n", more.left_out);
    if (more.ended) {
        fmt::format_to(std::back_inserter(lines), "the stream of client {} has ended\n", whom_);
        ended_ = true;
        ring(fd_);  // for who asks whether more comes
    }
    return lines;
}

}  // namespace fibercast::app
