#include "receipt.hpp"

namespace fibercast {

void receipt::expect(std::size_t workers) noexcept {
    left_.store(workers, std::memory_order_relaxed);
    if (workers == 0 && claim()) answer(send_result::gone);
}

void receipt::pass() noexcept {
    bool const last = left_.fetch_sub(1, std::memory_order_acq_rel) == 1;
    if (last && claim()) answer(send_result::gone);
}

bool receipt::claim() noexcept { return move_on(stage::claimed); }

void receipt::answer(send_result result) noexcept {
    result_ = result;
    answered_.set();
}

send_result receipt::wait() {
    if (!answered_.wait(until_)) {
        if (move_on(stage::withdrawn)) return send_result::timed_out;
        // Claimed just before: whoever has it waits no longer than to the same deadline.
        answered_.wait();
    }
    return result_;
}

bool receipt::move_on(stage to) noexcept {
    auto expected = stage::open;
    return stage_.compare_exchange_strong(expected, to, std::memory_order_acq_rel);
}

}  // namespace fibercast
