#include <fibercast/net/socket.hpp>

#include <fibercast/runtime/sleep.hpp>

#include <boost/asio/error.hpp>

#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <limits>
#include <utility>

namespace fibercast {
namespace {

bool would_block(int error) noexcept { return error == EAGAIN || error == EWOULDBLOCK; }

/// All zero when the kernel has nothing to say.
::tcp_info info_of(int fd) noexcept {
    ::tcp_info info{};
    socklen_t length = sizeof info;
    ::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &length);
    return info;
}

/// The one way of doing I/O: try, and wait only when the kernel says it would block.
template <typename SystemCall, typename Wait>
std::size_t try_then_wait(descriptor& from, boost::system::error_code& error, SystemCall call,
                          Wait wait) {
    for (;;) {
        ssize_t const count = call(from.native_handle());
        if (count >= 0) {
            error = {};
            return static_cast<std::size_t>(count);
        }
        if (errno == EINTR) continue;
        if (!would_block(errno)) {
            error.assign(errno, boost::system::system_category());
            return 0;
        }
        if (auto const failed = wait()) {
            error = failed == std::errc::timed_out
                        ? boost::asio::error::make_error_code(boost::asio::error::timed_out)
                        : boost::system::error_code(failed);
            return 0;
        }
    }
}

/// libc's `send` is a cancellation point, which costs two locked instructions in a program of
/// several threads: one hundredth of what an event costs. Nothing here is ever cancelled.
ssize_t send_uncancelled(int fd, iovec const& bytes) noexcept {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return ::send(fd, bytes.iov_base, bytes.iov_len, MSG_NOSIGNAL);  // they check its bytes
#else
    return ::syscall(SYS_sendto, fd, bytes.iov_base, bytes.iov_len, MSG_NOSIGNAL, nullptr, 0);
#endif
}

/// TCP forgets what it is told to truncate, and copies nothing (tcp(7)). Not by libc's `recv`, in
/// which the sanitizers look at a buffer that there is not.
ssize_t drop_input(int fd, std::uint64_t most) noexcept {
    constexpr std::uint64_t at_once = 64 * 1024;
    return ::syscall(SYS_recvfrom, fd, nullptr, std::min(most, at_once), MSG_TRUNC, nullptr, 0);
}

void give_user_timeout(int fd, int milliseconds) noexcept {
    ::setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, sizeof milliseconds);
}

/// Takes the kernel's patience with a connection from it: how many milliseconds it was, 0 if none.
int take_user_timeout(int fd) noexcept {
    int milliseconds = 0;
    socklen_t size = sizeof milliseconds;
    if (::getsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, &size) != 0) return 0;
    give_user_timeout(fd, 0);
    return milliseconds;
}

}  // namespace

/// With a peer that does not take what is to be written. While its window is shut the kernel's
/// `TCP_USER_TIMEOUT` begins anew only when the window opens wide enough for all of the kernel's
/// next piece, up to 64 KiB: who steadily takes less at a time would be cut all the same. So from
/// the first wait on, until it has taken all, it is seen here whether the peer takes anything.
class socket::patience {
public:
    explicit patience(socket& with) noexcept : with_(with) {}

    [[gnu::noinline]] std::error_code wait() {
        waited_ = true;
        if (with_.user_timeout_ms_ < 0)
            with_.user_timeout_ms_ = take_user_timeout(with_.descriptor_.native_handle());
        for (;;) {
            renew();
            auto const until = std::min(with_.deadline_, end_);
            auto const failed = with_.descriptor_.wait(until, wait_for::output);
            if (failed != std::errc::timed_out || until == with_.deadline_) return failed;
            if (with_.unsent() >= unsent_) return failed;
        }
    }

    /// Behind a write of so many bytes: when the peer has taken all before them, it is the kernel's
    /// to watch again, which also sees that it vanishes while nothing is written.
    void end(std::size_t sent) noexcept {
        if (with_.user_timeout_ms_ < 0 || waited_ || with_.unsent() > sent) return;
        give_user_timeout(with_.descriptor_.native_handle(),
                          std::exchange(with_.user_timeout_ms_, -1));
    }

private:
    void renew() noexcept {
        if (with_.user_timeout_ms_ == 0) return;
        auto const now_unsent = with_.unsent();
        if (now_unsent >= unsent_) return;
        unsent_ = now_unsent;
        end_ = after(std::chrono::milliseconds(with_.user_timeout_ms_));
    }

    socket& with_;
    std::size_t unsent_ = std::numeric_limits<std::size_t>::max();
    deadline end_ = never;
    bool waited_ = false;
};

std::size_t socket::receive(iovec const* buffers, std::size_t count,
                            boost::system::error_code& error) {
    if (count == 0) {
        error = {};
        return 0;
    }
    // One buffer is what parsers ask with; the rest, if any, is for the next call.
    auto const received = try_then_wait(
        descriptor_, error,
        [&](int fd) {
            auto const taken = ::recv(fd, buffers[0].iov_base, buffers[0].iov_len, 0);
            return taken < 0 && would_block(errno) && read_shut_down_ ? 0 : taken;
        },
        [&] { return descriptor_.wait(deadline_); });
    if (received == 0 && !error) error = boost::asio::error::eof;
    take_turns();
    return received;
}

std::size_t socket::try_read_some(boost::asio::mutable_buffer const& buffer,
                                  boost::system::error_code& error) {
    ssize_t count = 0;
    do {
        count = ::recv(descriptor_.native_handle(), buffer.data(), buffer.size(), 0);
    } while (count < 0 && errno == EINTR);
    if (count > 0) {
        error = {};
        return static_cast<std::size_t>(count);
    }
    if (count == 0 || (would_block(errno) && read_shut_down_)) {
        error = boost::asio::error::eof;
    } else if (would_block(errno) && !descriptor_.failure()) {
        error = boost::asio::error::would_block;
    } else if (would_block(errno)) {
        error = descriptor_.failure();
    } else {
        error.assign(errno, boost::system::system_category());
    }
    return 0;
}

std::size_t socket::send(iovec const* buffers, std::size_t count,
                         boost::system::error_code& error) {
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(buffers);
    message.msg_iovlen = count;
    patience with_peer(*this);
    auto const sent = try_then_wait(
        descriptor_, error,
        [&](int fd) {
            return count == 1 ? send_uncancelled(fd, buffers[0])
                              : ::sendmsg(fd, &message, MSG_NOSIGNAL);
        },
        [&] { return with_peer.wait(); });
    with_peer.end(sent);
    if (error == boost::asio::error::timed_out) reset_when_closed();
    take_turns();
    return sent;
}

/// A peer that always has more to say, and takes what we answer at once, never makes us wait. It
/// must not have the whole worker for that.
void socket::take_turns() {
    constexpr unsigned in_a_row = 32;
    if (++operations_ % in_a_row == 0) yield();
}

/// Not the kernel's SHUT_RD: with that and the end of writing it resets the connection when more
/// data comes, before the peer has read the last of ours.
void socket::shutdown_read() noexcept {
    read_shut_down_ = true;  // first: whoever waits for the end is going to ask
    descriptor_.end();
}

void socket::shutdown_write() noexcept { ::shutdown(descriptor_.native_handle(), SHUT_WR); }

void socket::linger(deadline until, std::uint64_t most, std::chrono::milliseconds pause) {
    lingering_ = true;
    if (pause.count() != 0) {
        std::chrono::milliseconds const quiet(
            info_of(descriptor_.native_handle()).tcpi_last_data_sent);
        if (quiet < pause) sleep_for(pause - quiet);
    }
    shutdown_write();
    boost::system::error_code error;
    // The clock is asked too: a peer that always has more to say is never waited for.
    while (most != 0 && std::chrono::steady_clock::now() < until) {
        auto const dropped = try_then_wait(
            descriptor_, error, [&](int fd) { return drop_input(fd, most); },
            [&] { return descriptor_.wait(until); });
        if (dropped == 0) return;
        most -= dropped;
        take_turns();
    }
}

/// With both sides shut down the kernel resets only a peer that goes on sending, as it would after
/// the close.
void socket::end_lingering() noexcept { ::shutdown(descriptor_.native_handle(), SHUT_RD); }

void socket::abort() noexcept {
    reset_when_closed();
    ::shutdown(descriptor_.native_handle(), SHUT_RDWR);
}

/// What the peer has not taken would stay in the kernel for as long as the peer is thought to live,
/// closed or not: 1,000 that never read kept 1.5 GB.
void socket::reset_when_closed() noexcept {
    ::linger const none{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(descriptor_.native_handle(), SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

std::size_t socket::unsent() const noexcept {
    int bytes = 0;
    return ::ioctl(descriptor_.native_handle(), SIOCOUTQ, &bytes) == 0
               ? static_cast<std::size_t>(bytes)
               : 0;
}

std::chrono::microseconds socket::round_trip_time() const noexcept {
    return std::chrono::microseconds(info_of(descriptor_.native_handle()).tcpi_rtt);
}

socket_address socket::peer() const noexcept {
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    auto* const general = reinterpret_cast<sockaddr*>(&address);
    if (::getpeername(descriptor_.native_handle(), general, &length) != 0) return {};
    return socket_address(*general);
}

}  // namespace fibercast
