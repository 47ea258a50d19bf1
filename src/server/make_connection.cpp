#include "make_connection.hpp"

#include "http1/connection.hpp"

#include <fibercast/net/socket.hpp>

#include <utility>

namespace fibercast {
namespace {

class http1_connection final : public served_connection {
public:
    http1_connection(int& fd, owner& of, serving const& how)
        : served_connection(of), socket_(std::exchange(fd, -1)), connection_(socket_, how) {}

    void end() noexcept override { socket_.shutdown_read(); }
    bool cut() noexcept override {
        if (socket_.lingering()) return socket_.end_lingering(), false;
        socket_.abort();
        return true;
    }

private:
    bool serve() override { return connection_.serve(*this) == connection_state::waits; }

    socket socket_;
    connection<socket> connection_;
};

}  // namespace

std::unique_ptr<served_connection> make_connection(int& fd, served_connection::owner& of,
                                                   serving const& how) {
    return std::make_unique<http1_connection>(fd, of, how);
}

}  // namespace fibercast
