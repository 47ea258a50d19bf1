#pragma once

#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

/// The other end of a connection, used by a thread in the plain blocking way. What takes very long
/// throws, so that a test fails instead of hanging.
class tcp_peer {
public:
    /// Owns a connected blocking socket.
    explicit tcp_peer(int fd);
    ~tcp_peer();
    tcp_peer(tcp_peer&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    tcp_peer& operator=(tcp_peer&&) = delete;

    /// `receive_buffer` bytes, if not 0: set before the connect, it keeps the window small.
    static tcp_peer connected_to(boost::asio::ip::tcp::endpoint const& address,
                                 int receive_buffer = 0);

    boost::asio::ip::tcp::endpoint address() const;
    int native_handle() const noexcept { return fd_; }

    void send(std::string_view bytes);
    /// Exactly so many bytes, unless the connection ends before.
    std::string receive(std::size_t count);
    /// Everything up to the end.
    std::string receive_all();
    /// Drops everything up to the end; whether that was a reset.
    bool reads_until_reset();

    void shutdown_write();
    void close();
    /// Closes with a reset instead of an orderly end.
    void reset();

private:
    int fd_;
};

/// A connection through the loopback interface: one end for a thread, and the descriptor of the
/// other, which does not block.
std::pair<tcp_peer, int> connected_pair(int receive_buffer = 0);
