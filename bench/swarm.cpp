#include "swarm.hpp"

#include "client_socket.hpp"
#include "failure.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>

namespace bench {
namespace {

constexpr std::size_t connects_in_flight = 256;      // stays far below the listen backlog
constexpr std::size_t clients_per_address = 10'000;  // an address has about 28,000 ports
constexpr std::size_t receive_buffer_size = 256 * 1024;
constexpr std::uint32_t server_input_key = UINT32_MAX;

void watch(int epoll, int fd, std::uint32_t events, std::uint32_t key) {
    epoll_event event{};
    event.events = events;
    event.data.u32 = key;
    checked(::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event), "epoll_ctl");
}

}  // namespace

swarm::swarm(swarm_options const& options, line_writer& server_input)
    : options_{options},
      server_input_{server_input},
      request_{fmt::format("GET / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n"
                           "Accept: text/event-stream\r\n\r\n",
                           options.port)},
      epoll_{checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")},
      clients_(static_cast<std::size_t>(options.clients)),
      buffer_(receive_buffer_size) {
    watch(epoll_.get(), server_input.fd(), EPOLLOUT | EPOLLET, server_input_key);
}

swarm::~swarm() { disconnect_all(); }

void swarm::connect_all() {
    auto const in_flight = std::min(connects_in_flight, clients_.size());
    while (started_ < in_flight) start_next();
    run_until([this] { return greeted_ == clients_.size(); },
              [this] {
                  return fmt::format("{} of {} clients have got their first event", greeted_,
                                     clients_.size());
              });
}

void swarm::await_message(std::uint32_t number) {
    wanted_ = number;
    behind_ = static_cast<std::size_t>(std::count_if(
        clients_.begin(), clients_.end(), [=](client const& c) { return c.next <= number; }));
    run_until([this] { return behind_ == 0; },
              [this, number] {
                  return fmt::format("{} of {} clients lack message {}; {} lost, {} out of order",
                                     behind_, clients_.size(), number, faults_.lost,
                                     faults_.out_of_order);
              });
}

void swarm::linger(std::chrono::milliseconds duration) {
    auto const end = clock::now() + duration;
    while (poll(end)) {
    }
}

void swarm::disconnect_all() noexcept {
    for (auto& self : clients_) close_with_reset(self.socket);
}

void swarm::start_next() {
    auto& self = clients_[started_];
    auto const host = static_cast<std::uint32_t>(2 + started_ / clients_per_address);
    self.socket = connect_from(host, options_.port);
    // Edge-triggered, once for the whole life of the connection.
    watch(epoll_.get(), self.socket.get(), EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
          static_cast<std::uint32_t>(started_));
    ++started_;
}

void swarm::send_request(client& self) {
    self.requested = true;
    auto const size = ::send(self.socket.get(), request_.data(), request_.size(), MSG_NOSIGNAL);
    if (checked(size, "send of a request") != static_cast<ssize_t>(request_.size()))
        throw failure{"a fresh socket took only a part of the request"};
}

void swarm::read(client& self) {
    for (;;) {
        auto const size = ::recv(self.socket.get(), buffer_.data(), buffer_.size(), 0);
        if (size < 0 && errno == EAGAIN) return;
        if (checked(size, "a client's recv") == 0) throw failure{"the server closed a connection"};
        std::string_view const bytes{buffer_.data(), static_cast<std::size_t>(size)};
        self.body.feed(bytes, [&](std::string_view body) {
            self.events.feed(body, [&](std::uint32_t number) { count(self, number); });
        });
        // A short read emptied the socket; what comes later raises a new edge.
        if (bytes.size() < buffer_.size()) return;
    }
}

void swarm::count(client& self, std::uint32_t number) {
    if (!self.greeted) {
        self.greeted = true;
        ++greeted_;
        if (started_ < clients_.size()) start_next();
    }
    if (number == event_reader::no_number) return;
    if (number < self.next) {
        ++faults_.out_of_order;
        return;
    }
    faults_.lost += number - self.next;
    if (self.next <= wanted_ && number >= wanted_) --behind_;
    self.next = number + 1;
}

void swarm::handle(epoll_event const& event) {
    if (event.data.u32 == server_input_key) {
        server_input_.flush();
        return;
    }
    auto& self = clients_[event.data.u32];
    if (!self.requested && (event.events & EPOLLOUT)) send_request(self);
    if (event.events & (EPOLLIN | EPOLLERR)) read(self);
    if (event.events & (EPOLLHUP | EPOLLRDHUP)) throw failure{"the server closed a connection"};
}

/// Handles what there is, at most after a wait. Returns false when `deadline` has passed.
bool swarm::poll(clock::time_point deadline) {
    auto const rest = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock::now());
    if (rest.count() <= 0) return false;
    std::array<epoll_event, 512> events;
    int const count = ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()),
                                   static_cast<int>(rest.count()));
    if (count < 0 && errno != EINTR) checked(count, "epoll_wait");
    for (int i = 0; i < count; ++i) handle(events[static_cast<std::size_t>(i)]);
    return true;
}

void swarm::run_until(std::function<bool()> const& done,
                      std::function<std::string()> const& missing) {
    auto const deadline = clock::now() + options_.timeout;
    while (!done()) {
        if (!poll(deadline))
            throw failure{
                fmt::format("gave up after {} ms: {}", options_.timeout.count(), missing())};
    }
}

}  // namespace bench
