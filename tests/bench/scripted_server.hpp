#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <string>
#include <thread>
#include <vector>

/// A server that answers its first clients with given bytes, whatever they ask for, and keeps the
/// connections open as long as it lives.
class scripted_server {
public:
    /// The n-th client gets the n-th answer, after its request.
    explicit scripted_server(std::vector<std::string> answers);
    ~scripted_server();

    std::uint16_t port() const { return port_; }

    /// What the clients have sent, one after the other: head, and what came with it. Ends the
    /// conversation: only once every client was answered.
    std::vector<std::string> const& requests();

private:
    void run();

    boost::asio::io_context io_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::uint16_t port_;
    std::vector<std::string> answers_;
    std::vector<std::string> requests_;
    std::vector<boost::asio::ip::tcp::socket> sockets_;
    std::jthread thread_;
};
