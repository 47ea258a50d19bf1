#include "bench/scripted_server.hpp"

#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <sys/socket.h>

#include <utility>

namespace asio = boost::asio;
using asio::ip::tcp;

scripted_server::scripted_server(std::vector<std::string> answers)
    : acceptor_{io_, {asio::ip::address_v4::loopback(), 0}},
      port_{acceptor_.local_endpoint().port()},
      answers_{std::move(answers)},
      thread_{[this] { run(); }} {}

scripted_server::~scripted_server() {
    ::shutdown(acceptor_.native_handle(), SHUT_RDWR);  // ends an accept()
}

std::vector<std::string> const& scripted_server::requests() {
    if (thread_.joinable()) thread_.join();
    return requests_;
}

void scripted_server::run() {
    boost::system::error_code error;
    for (auto const& answer : answers_) {
        auto& socket = sockets_.emplace_back(io_);
        acceptor_.accept(socket, error);
        if (error) return;
        auto& request = requests_.emplace_back();
        asio::read_until(socket, asio::dynamic_buffer(request), "\r\n\r\n", error);
        asio::write(socket, asio::buffer(answer), error);
    }
}
