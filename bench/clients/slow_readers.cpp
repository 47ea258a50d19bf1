#include "clients/slow_readers.hpp"

#include "clients/client_socket.hpp"
#include "process/failure.hpp"
#include "process/interruption.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace bench {
namespace {

using clock = std::chrono::steady_clock;

constexpr std::size_t sip = 256;  // at most so many bytes are read too early
constexpr std::size_t gulp = 16 * 1024;

void wait_for(std::vector<pollfd>& sockets, clock::time_point deadline, std::string_view what) {
    throw_if_interrupted();
    if (clock::now() > deadline) throw failure{fmt::format("gave up: slow readers lack {}", what)};
    int const found = ::poll(sockets.data(), sockets.size(), longest_wait.count());
    if (found < 0 && errno != EINTR) checked(found, "poll");
}

}  // namespace

slow_readers::slow_readers(endpoint const& target, int count, std::chrono::milliseconds timeout)
    : readers_(static_cast<std::size_t>(count)), timeout_{timeout} {
    auto const request = stream_request(target, target.path);
    for (auto& self : readers_) {
        self.socket = connect_to(target, 0, reading_speed::slow);
        if (!await_connected(self.socket.get())) throw failure{"a slow reader was refused"};
        auto const size = ::send(self.socket.get(), request.data(), request.size(), MSG_NOSIGNAL);
        if (checked(size, "sending a request") != static_cast<ssize_t>(request.size()))
            throw failure{"a fresh socket took only a part of the request"};
    }
    auto const deadline = clock::now() + timeout;
    for (auto const& self : readers_) {
        std::vector<pollfd> one{{self.socket.get(), POLLIN, 0}};
        while (one[0].revents == 0) wait_for(one, deadline, "an answer");
    }
}

slow_readers::~slow_readers() {
    for (auto& self : readers_) close_with_reset(self.socket);
}

void slow_readers::keep_up_with(std::uint32_t published, double share) {
    for (auto& self : readers_) {
        auto const turn = static_cast<double>(&self - readers_.data()) / double(readers_.size());
        auto const due = static_cast<std::uint64_t>(std::floor(published * share + turn));
        while (self.had < due && read_some(self, sip)) {
        }
    }
}

void slow_readers::read_up_to(std::uint32_t number) {
    auto const deadline = clock::now() + timeout_;
    for (;;) {
        std::vector<pollfd> lacking;
        for (auto& self : readers_) {
            while (self.next <= number && read_some(self, gulp)) {
            }
            if (self.next <= number && self.socket.get() >= 0)
                lacking.push_back({self.socket.get(), POLLIN, 0});
        }
        if (lacking.empty()) return;
        wait_for(lacking, deadline, fmt::format("message {}", number));
    }
}

std::uint64_t slow_readers::had() const {
    std::uint64_t sum = 0;
    for (auto const& self : readers_) sum += self.had;
    return sum;
}

/// False: there is nothing more now, or for ever.
bool slow_readers::read_some(reader& self, std::size_t most) {
    if (self.socket.get() < 0) return false;
    std::array<char, gulp> buffer;
    auto const size = ::recv(self.socket.get(), buffer.data(), std::min(most, gulp), 0);
    if (size < 0 && errno == EAGAIN) return false;
    if (size < 0 && errno != ECONNRESET) checked(size, "a slow reader's recv");
    if (size <= 0) {
        cut(self);
        return false;
    }
    try {
        self.body.feed({buffer.data(), static_cast<std::size_t>(size)}, [&](std::string_view body) {
            self.events.feed(body, [&](std::uint32_t number) { count(self, number); });
        });
    } catch (stream_ended const&) {
        cut(self);
    }
    return self.socket.get() >= 0;
}

void slow_readers::count(reader& self, std::uint32_t number) {
    if (number == event_reader::no_number) return;
    if (number == event_reader::gap) {
        ++faults_.gaps;
        self.gap_before = true;
        return;
    }
    if (number < self.next)
        throw failure{fmt::format("a slow reader got {} after {}", number, self.next - 1)};
    faults_.lost += number - self.next;
    if (!self.gap_before) faults_.lost_silently += number - self.next;
    self.gap_before = false;
    self.next = number + 1;
    ++self.had;
}

void slow_readers::cut(reader& self) {
    self.socket.reset();
    ++cut_off_;
}

}  // namespace bench
