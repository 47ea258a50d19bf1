#pragma once

#include <fibercast/net/detail/descriptor.hpp>
#include <fibercast/net/tcp_options.hpp>
#include <fibercast/runtime/socket_address.hpp>

#include <boost/asio/ip/tcp.hpp>

#include <system_error>

namespace fibercast {

/// A socket bound to an address, which no worker uses yet. Made before the workers start, so that a
/// port in use is known at once; nobody can connect until it listens.
class listening_socket {
public:
    /// Binds. Throws `std::system_error` when that cannot be done. Port 0 picks a free port. Alone,
    /// "::" takes IPv4 too; `beside_others` it leaves that to "0.0.0.0".
    listening_socket(boost::asio::ip::tcp::endpoint const& address, tcp_options const& inherited,
                     bool beside_others = false);
    /// A copy of a descriptor that somebody else has made listen for TCP; the original stays as it
    /// is, but for what both share: it does not block any more. Throws `std::system_error` when it
    /// is no such socket.
    static listening_socket copy_of(int listening, tcp_options const& inherited);
    ~listening_socket();
    listening_socket(listening_socket&& other) noexcept;
    listening_socket& operator=(listening_socket&&) = delete;

    /// From now on the kernel accepts connections; a copy only gets the longest queue. Throws
    /// `std::system_error`: another socket on the same port may have been first.
    void listen();

    /// The address that is really bound.
    socket_address address() const;

    /// Hands the descriptor over.
    int release() noexcept;

private:
    explicit listening_socket(int fd) noexcept : fd_(fd) {}

    int fd_;
};

/// Accepts connections in a fiber of the worker that makes it.
class acceptor final : public closable {
public:
    explicit acceptor(listening_socket& from) : descriptor_(from.release()) {}

    /// The non-blocking descriptor of a connection that has come, which the caller owns; negative
    /// with the error's reason otherwise: `errc::operation_would_block` when none has come, and
    /// `errc::operation_canceled` after `close`. Never suspends, so that what the caller has found
    /// before it still holds.
    [[nodiscard]] int accept(std::error_code& error) noexcept;

    /// Suspends until a connection may have come, after `accept` has said that none has; or until
    /// `close`. Returns what makes waiting impossible.
    [[nodiscard]] std::error_code wait() { return descriptor_.wait(never, wait_for::connection); }

    /// Stops listening. Connections that the kernel had queued are reset, unless somebody else has
    /// the socket, too: then they wait for who accepts them there.
    void close() noexcept override { descriptor_.close(); }

private:
    descriptor descriptor_;
};

/// Whether an accept failed because the process or the system has used up what a connection needs:
/// waiting helps, trying again at once does not.
bool out_of_resources(std::error_code error) noexcept;

}  // namespace fibercast
