#include <fibercast/runtime/detail/poller.hpp>

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace fibercast {
namespace {

int make_epoll_set() {
    int const set = ::epoll_create1(EPOLL_CLOEXEC);
    if (set < 0) throw std::system_error(errno, std::system_category(), "epoll_create1");
    return set;
}

}  // namespace

poller::poller() : set_(make_epoll_set()) {}

poller::~poller() { ::close(set_); }

std::error_code poller::add(int descriptor, ready_listener& listener) noexcept {
    epoll_event interest{};
    interest.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    interest.data.ptr = &listener;
    if (::epoll_ctl(set_, EPOLL_CTL_ADD, descriptor, &interest) == 0) return {};
    return {errno, std::system_category()};
}

void poller::remove(int descriptor) noexcept {
    ::epoll_ctl(set_, EPOLL_CTL_DEL, descriptor, nullptr);
}

void poller::dispatch() noexcept {
    std::array<epoll_event, 256> events;
    int count = 0;
    do {
        count = ::epoll_wait(set_, events.data(), events.size(), 0);
        for (std::size_t i = 0; static_cast<int>(i) < count; ++i) {
            static_cast<ready_listener*>(events[i].data.ptr)->on_ready(events[i].events);
        }
    } while (count == static_cast<int>(events.size()));
}

}  // namespace fibercast
