#include "clients/swarm.hpp"

#include "clients/client_socket.hpp"
#include "process/failure.hpp"
#include "process/interruption.hpp"

#include <boost/algorithm/string/replace.hpp>

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <span>

namespace bench {
namespace {

constexpr std::size_t clients_per_address = 10'000;  // an address has about 28,000 ports
constexpr std::size_t receive_buffer_size = 256 * 1024;
constexpr std::uint32_t publisher_key = UINT32_MAX;

void watch(int epoll, int fd, std::uint32_t events, std::uint32_t key) {
    epoll_event event{};
    event.events = events | EPOLLET;  // once, for the whole life of the connection
    event.data.u32 = key;
    checked(::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event), "epoll_ctl");
}

}  // namespace

void throw_if_any(delivery_faults const& faults) {
    if (faults.lost + faults.out_of_order > 0)
        throw failure{fmt::format("{} deliveries were lost, {} came out of order", faults.lost,
                                  faults.out_of_order)};
}

swarm::swarm(swarm_options const& options, publisher* publisher)
    : options_{options},
      publisher_{publisher},
      epoll_{checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")},
      clients_(static_cast<std::size_t>(options.clients)),
      buffer_(receive_buffer_size) {
    if (publisher_) watch(epoll_.get(), publisher_->fd(), EPOLLIN | EPOLLOUT, publisher_key);
}

swarm::~swarm() { disconnect_all(); }

std::string swarm::request_of(client const& self) const {
    auto const index = static_cast<int>(&self - clients_.data());
    auto const path = boost::algorithm::replace_all_copy(options_.target.path, "{n}",
                                                         std::to_string(index % options_.queries));
    auto const own = options_.fields ? options_.fields(index) : std::string{};
    return stream_request(options_.target, path, own + fields_);
}

void swarm::connect_all(std::size_t at_once) {
    faults_ = {};
    latencies_ = {};
    published_.clear();
    while (started_ < std::min(at_once, clients_.size())) start_next();
    run_until([this] { return greeted_ == clients_.size(); },
              [this] {
                  return fmt::format("{} of {} clients have got the first bytes of their stream",
                                     greeted_, clients_.size());
              });
}

void swarm::disconnect_all() noexcept {
    for (auto& self : clients_) {
        close_with_reset(self.socket);
        self = {};
    }
    started_ = greeted_ = 0;
    ids_ = {};
}

void swarm::come_back(std::string const& fields, std::uint32_t first) {
    fields_ = fields;
    for (auto& self : clients_) self.next = first;
    while (started_ < clients_.size()) start_next();
}

std::vector<std::uint64_t> swarm::received() const {
    std::vector<std::uint64_t> all;
    for (auto const& self : clients_) all.push_back(self.received);
    return all;
}

std::size_t swarm::lacking(std::uint32_t number) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(clients_, [&](client const& c) { return c.next <= number; }));
}

void swarm::expect(std::uint32_t number, clock::time_point published) {
    if (published_.size() <= number) published_.resize(number + 1);
    published_[number] = published;
}

void swarm::await_message(std::uint32_t number) {
    wanted_ = number;
    behind_ = lacking(number);
    run_until([this] { return behind_ == 0; },
              [this, number] {
                  return fmt::format("{} of {} clients lack message {}; {} lost, {} out of order",
                                     behind_, clients_.size(), number, faults_.lost,
                                     faults_.out_of_order);
              });
}

void swarm::linger_until(clock::time_point end) {
    while (poll(end)) {
    }
}

void swarm::start_next() {
    auto& self = clients_[started_];
    auto const source =
        options_.first_source + static_cast<std::uint32_t>(started_ / clients_per_address);
    self.socket = connect_to(options_.target, source);
    if (options_.reader) self.reader = options_.reader(static_cast<int>(started_));
    watch(epoll_.get(), self.socket.get(), EPOLLIN | EPOLLOUT | EPOLLRDHUP,
          static_cast<std::uint32_t>(started_));
    ++started_;
}

void swarm::send_request(client& self) {
    self.requested = true;
    auto const request = request_of(self);
    auto const size = ::send(self.socket.get(), request.data(), request.size(), MSG_NOSIGNAL);
    if (checked(size, "sending a request") != static_cast<ssize_t>(request.size()))
        throw failure{"a fresh socket took only a part of the request"};
}

void swarm::read(client& self) {
    for (;;) {
        auto const size = ::recv(self.socket.get(), buffer_.data(), buffer_.size(), 0);
        if (size < 0 && errno == EAGAIN) return;
        if (checked(size, "a client's recv") == 0) throw failure{"the server closed a connection"};
        std::string_view const bytes{buffer_.data(), static_cast<std::size_t>(size)};
        auto const now = clock::now();
        self.received += bytes.size();
        self.body.feed(bytes, [&](std::string_view body) { read_body(self, body, now); });
        if (!options_.greets && !self.greeted && self.body.has_head()) greet(self);
        // A short read emptied the socket; what comes later raises a new edge.
        if (bytes.size() < buffer_.size()) return;
    }
}

void swarm::read_body(client& self, std::string_view body, clock::time_point now) {
    if (!self.greeted) greet(self);
    if (self.reader) {
        numbers_.clear();
        self.reader->feed(body, numbers_);
        for (auto const number : numbers_) count(self, number, now);
        return;
    }
    self.events.feed(body, [&](std::uint32_t number) { count(self, number, now); });
    if (&self == clients_.data()) ids_.feed(body);
}

void swarm::greet(client& self) {
    self.greeted = true;
    ++greeted_;
    options_.on_progress(static_cast<int>(greeted_));
    if (started_ < clients_.size()) start_next();
}

void swarm::count(client& self, std::uint32_t number, clock::time_point now) {
    if (number == event_reader::no_number || number == event_reader::gap) return;
    if (self.next == 0) self.next = number;
    if (number < self.next) {
        ++faults_.out_of_order;
        return;
    }
    faults_.lost += number - self.next;
    if (self.next <= wanted_ && number >= wanted_) --behind_;
    self.next = number + 1;
    if (number < published_.size() && published_[number] != clock::time_point{})
        latencies_.add(now - published_[number]);
}

void swarm::handle(epoll_event const& event) {
    if (event.data.u32 == publisher_key) {
        publisher_->go_on();
        return;
    }
    auto& self = clients_[event.data.u32];
    if (!self.requested && (event.events & EPOLLERR)) throw failure{"a connect was refused"};
    if (!self.requested && (event.events & EPOLLOUT)) send_request(self);
    if (event.events & (EPOLLIN | EPOLLERR)) read(self);
    if (event.events & (EPOLLHUP | EPOLLRDHUP)) throw failure{"the server closed a connection"};
}

/// Handles what there is, at most after a wait. Returns false when `deadline` has passed.
bool swarm::poll(clock::time_point deadline) {
    throw_if_interrupted();
    auto const left = std::min<clock::duration>(deadline - clock::now(), longest_wait);
    std::chrono::nanoseconds const rest = left;
    if (rest.count() <= 0) return false;
    handle_events(rest);
    return true;
}

void swarm::read_ready() {
    while (handle_events(std::chrono::nanoseconds::zero()) > 0) {
    }
}

/// Handles what there is, at most after a wait: how much that was. Little at once, as others may
/// have to be read too.
int swarm::handle_events(std::chrono::nanoseconds wait) {
    timespec const exact{0, wait.count()};  // far less than a second; see `--rate`
    std::array<epoll_event, 64> events;
    int const count = ::epoll_pwait2(epoll_.get(), events.data(), static_cast<int>(events.size()),
                                     &exact, nullptr);
    if (count < 0 && errno != EINTR) checked(count, "epoll_wait");
    for (int i = 0; i < count; ++i) handle(events[static_cast<std::size_t>(i)]);
    return count;
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
