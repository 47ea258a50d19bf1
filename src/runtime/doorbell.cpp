#include "doorbell.hpp"

#include <fibercast/runtime/detail/inbox.hpp>

#include <boost/asio/post.hpp>

namespace fibercast {

struct doorbell::answer {
    using allocator_type = reserved_memory::allocator<void>;
    allocator_type get_allocator() const noexcept { return allocator_type(bell->memory_); }

    void operator()() const noexcept {
        bell->turns_.wakes();
        bell->rung_.exchange(false, std::memory_order_acq_rel);
        bell->tasks_.run_next();
    }

    doorbell* bell;
};

void doorbell::ring() noexcept {
    if (rung_.exchange(true, std::memory_order_acq_rel)) return;
    boost::asio::post(io_, answer{this});
}

}  // namespace fibercast
