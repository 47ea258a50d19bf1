#include "head_count.hpp"

#include <fibercast/sse/audience.hpp>

#include <utility>

namespace fibercast {

void head_count::add(std::size_t clients) noexcept {
    clients_.fetch_add(clients);
    leave();
}

bool head_count::wait(deadline until) {
    if (!std::exchange(waited_, true)) leave();
    return complete_.wait(until);
}

void head_count::leave() noexcept {
    if (left_.fetch_sub(1) == 1) complete_.set();
}

audience::audience() : counted_(new head_count) {}

audience::audience(audience&&) noexcept = default;

audience::~audience() = default;

std::size_t audience::wait(deadline until) {
    counted_->wait(until);
    return counted_->clients();
}

}  // namespace fibercast
