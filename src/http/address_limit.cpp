#include <fibercast/http/address_limit.hpp>

#include "ip_bytes.hpp"

namespace fibercast {

std::optional<address_limit::place> address_limit::enter(socket_address const& address) {
    if (most_ == 0) return place();
    auto const whose = customer_of(address);
    if (!whose) return place();
    std::lock_guard const lock(mutex_);
    auto& taken = taken_[*whose];
    if (taken == most_) return std::nullopt;
    ++taken;
    return place(*this, *whose);
}

std::size_t address_limit::addresses() const {
    std::lock_guard const lock(mutex_);
    return taken_.size();
}

void address_limit::leave(key const& whose) noexcept {
    std::lock_guard const lock(mutex_);
    auto const found = taken_.find(whose);
    if (--found->second == 0) taken_.erase(found);
}

}  // namespace fibercast
