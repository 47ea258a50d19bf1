#include <fibercast/net/detail/descriptor.hpp>

#include <fibercast/runtime/worker.hpp>

#include <sys/epoll.h>
#include <unistd.h>

#include <cassert>
#include <utility>

namespace fibercast {
namespace {

poller& poller_here() noexcept {
    assert(worker::current() != nullptr && "a descriptor belongs to a worker");
    return worker::current()->poller();
}

}  // namespace

descriptor::state::state(int of) : poller(poller_here()), fd(of), failure(poller.add(of, *this)) {}

descriptor::descriptor(int fd) try : state_(fd) {
} catch (...) {
    ::close(fd);
}

descriptor::~descriptor() { close(); }

std::error_code descriptor::wait(deadline until, wait_for what) {
    if (state_->failure) return state_->failure;
    if (state_->fd < 0) return std::make_error_code(std::errc::operation_canceled);
    if (!state_->spot.park(until, what)) return std::make_error_code(std::errc::timed_out);
    if (state_->fd < 0) return std::make_error_code(std::errc::operation_canceled);
    return {};
}

void descriptor::close() noexcept {
    state& it = *state_;
    if (it.fd < 0) return;
    // A fork duplicates it, until the child's exec. So closing is not enough to leave the epoll set,
    // and an event of the connection that is still open would come to what was this object.
    it.poller.remove(it.fd);
    ::close(it.fd);
    it.fd = -1;
    it.wake();
}

void descriptor::close_when_ended(closable* target) noexcept {
    state_->ended_target = target;
    if (state_->ended && target != nullptr) target->close();
}

void descriptor::end() noexcept { state_->end(); }

void descriptor::state::end() noexcept {
    ended = true;
    if (ended_target != nullptr) ended_target->close();
    wake();
}

void descriptor::state::on_ready(std::uint32_t events) noexcept {
    if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) return end();
    wake();
}

void descriptor::state::wake() noexcept {
    spot.unpark();
    if (waiting != nullptr) std::exchange(waiting, nullptr)->ready();
}

}  // namespace fibercast
