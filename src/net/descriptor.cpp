#include <fibercast/net/detail/descriptor.hpp>

#include <fibercast/runtime/worker.hpp>

#include <sys/epoll.h>
#include <unistd.h>

#include <cassert>

namespace fibercast {

descriptor::descriptor(int fd) : fd_(fd) {
    assert(worker::current() != nullptr && "a descriptor belongs to a worker");
    failure_ = worker::current()->poller().add(fd, *this);
}

descriptor::~descriptor() { close(); }

std::error_code descriptor::wait(deadline until) {
    if (failure_) return failure_;
    if (fd_ < 0) return std::make_error_code(std::errc::operation_canceled);
    if (!spot_.park(until)) return std::make_error_code(std::errc::timed_out);
    if (fd_ < 0) return std::make_error_code(std::errc::operation_canceled);
    return {};
}

void descriptor::close() noexcept {
    if (fd_ < 0) return;
    ::close(fd_);  // leaves the epoll set with it: descriptors are never duplicated
    fd_ = -1;
    spot_.unpark();
}

void descriptor::close_when_ended(closable* target) noexcept {
    ended_target_ = target;
    if (ended_ && ended_target_ != nullptr) ended_target_->close();
}

void descriptor::on_ready(std::uint32_t events) noexcept {
    if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) {
        ended_ = true;
        if (ended_target_ != nullptr) ended_target_->close();
    }
    spot_.unpark();
}

}  // namespace fibercast
