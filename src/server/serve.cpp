#include "serve.hpp"

#include "http1/connection.hpp"

#include <fibercast/net/socket.hpp>

namespace fibercast {
namespace {

class http1_connection final : public served_connection {
public:
    http1_connection(int fd, list& all) : served_connection(all), socket_(fd) {}

    void serve(http_limits const& limits, handler const& answer, request_counters& counters) {
        connection<socket>(socket_, answer, limits, counters).serve();
    }

    void end() noexcept override { socket_.shutdown_read(); }
    bool cut() noexcept override {
        if (socket_.lingering()) return socket_.end_lingering(), false;
        socket_.abort();
        return true;
    }

private:
    socket socket_;
};

}  // namespace

void serve(int fd, served_connection::list& all, endpoint const& at, handler const& answer,
           request_counters& counters) {
    http1_connection(fd, all).serve(at.limits, answer, counters);
}

}  // namespace fibercast
