#include "event_loop.hpp"

#include <boost/asio/detail/concurrency_hint.hpp>
#include <boost/system/system_error.hpp>

#include <system_error>

namespace fibercast {

/// The handler of the poller's readiness.
struct event_loop::readiness {
    using allocator_type = reserved_memory::allocator<void>;
    allocator_type get_allocator() const noexcept { return allocator_type(loop->wait_memory_); }

    void operator()(boost::system::error_code error) const noexcept {
        if (error == boost::asio::error::operation_aborted)
            return;  // the worker is being destroyed
        loop->turns_.wakes();
        loop->poller_.dispatch();
        loop->watch_poller();
    }

    event_loop* loop;
};

// Boost 1.81's system_error is not the standard's.
event_loop::event_loop() try
    : inbox_(std::make_shared<fibercast::inbox>(bell_)),
      bell_(io_, *inbox_, turns_),
      // Posting from other threads stays safe; descriptors are touched by this worker's thread
      // only.
      io_(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO),
      work_(io_.get_executor()),
      watched_(io_.get_executor(), poller_.native_handle()) {
    watch_poller();
} catch (boost::system::system_error const& failure) {
    throw std::system_error(failure.code(), "cannot make an event loop");
}

event_loop::~event_loop() { static_cast<void>(watched_.release()); }  // the poller closes it

void event_loop::watch_poller() noexcept {
    watched_.async_wait(boost::asio::posix::descriptor_base::wait_read, readiness{this});
}

}  // namespace fibercast
