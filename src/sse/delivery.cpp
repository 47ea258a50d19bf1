#include "delivery.hpp"

#include <cassert>
#include <cstring>
#include <utility>

namespace fibercast {

delivery_ptr delivery::of(chunk_ptr bytes) {
    return delivery_ptr(new delivery(std::move(bytes), 1));
}

delivery_ptr delivery::of(std::span<publication const> events) {
    assert(!events.empty());
    if (events.size() == 1) return of(events.front().bytes);
    std::size_t size = 0;
    for (auto const& each : events) size += each.bytes->payload().size();
    auto joined = chunk::make(size, [&](char* to) {
        for (auto const& each : events) {
            auto const bytes = each.bytes->payload();
            std::memcpy(to, bytes.data(), bytes.size());
            to += bytes.size();
        }
    });
    return delivery_ptr(new delivery(std::move(joined), static_cast<std::uint32_t>(events.size())));
}

}  // namespace fibercast
