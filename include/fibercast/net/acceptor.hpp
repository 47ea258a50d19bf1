#pragma once

#include <fibercast/net/detail/descriptor.hpp>

#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <optional>
#include <system_error>

namespace fibercast {

/// What a listening socket hands down to the connections it accepts.
struct tcp_options {
    /// A peer that acknowledges nothing, or accepts nothing, for this long is gone
    /// (`TCP_USER_TIMEOUT`).
    std::chrono::milliseconds user_timeout{20'000};
};

/// A bound, listening socket that no worker uses yet. Made before the workers start, so that a port
/// in use is known at once.
class listening_socket {
public:
    /// Throws `std::system_error` when the address cannot be bound. Port 0 picks a free port.
    listening_socket(boost::asio::ip::tcp::endpoint const& address, tcp_options const& inherited);
    ~listening_socket();
    listening_socket(listening_socket const&) = delete;
    listening_socket& operator=(listening_socket const&) = delete;

    /// The address that is really bound.
    boost::asio::ip::tcp::endpoint address() const;

    /// Hands the descriptor over.
    int release() noexcept;

private:
    int fd_;
};

/// Accepts connections in a fiber of the worker that makes it.
class acceptor final : public closable {
public:
    explicit acceptor(listening_socket& from) : descriptor_(from.release()) {}

    /// Suspends until a connection has come and returns its non-blocking descriptor, which the
    /// caller owns; negative with the error's reason otherwise: `errc::operation_canceled` after
    /// `close`.
    [[nodiscard]] int accept(std::error_code& error);

    /// Stops listening. Connections that the kernel had queued are reset.
    void close() noexcept override { descriptor_.close(); }

private:
    descriptor descriptor_;
};

/// Whether an accept failed because the process or the system has used up what a connection needs:
/// waiting helps, trying again at once does not.
bool out_of_resources(std::error_code error) noexcept;

}  // namespace fibercast
