#include <fibercast/net/detail/descriptor.hpp>

#include <fibercast/runtime/worker.hpp>

#include <sys/epoll.h>
#include <unistd.h>

#include <cassert>

namespace fibercast {
namespace {

poller& poller_here() noexcept {
    assert(worker::current() != nullptr && "a descriptor belongs to a worker");
    return worker::current()->poller();
}

}  // namespace

descriptor::descriptor(int fd)
    : poller_(poller_here()), fd_(fd), failure_(poller_.add(fd, *this)) {}

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
    // A fork duplicates it, until the child's exec. So closing is not enough to leave the epoll set,
    // and an event of the connection that is still open would come to what was this object.
    poller_.remove(fd_);
    ::close(fd_);
    fd_ = -1;
    spot_.unpark();
}

void descriptor::close_when_ended(closable* target) noexcept {
    ended_target_ = target;
    if (ended_ && ended_target_ != nullptr) ended_target_->close();
}

void descriptor::end() noexcept {
    ended_ = true;
    if (ended_target_ != nullptr) ended_target_->close();
    spot_.unpark();
}

void descriptor::on_ready(std::uint32_t events) noexcept {
    if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) return end();
    spot_.unpark();
}

}  // namespace fibercast
