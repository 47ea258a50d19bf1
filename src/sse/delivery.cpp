#include "delivery.hpp"

#include <cassert>
#include <cstring>
#include <utility>

namespace fibercast {
namespace {

chunk_ptr joined(std::span<publication const> events) {
    if (events.size() == 1) return events.front().bytes;
    std::size_t size = 0;
    for (auto const& each : events) size += each.bytes->payload().size();
    return chunk::make(size, [&](char* to) {
        for (auto const& each : events) {
            auto const bytes = each.bytes->payload();
            std::memcpy(to, bytes.data(), bytes.size());
            to += bytes.size();
        }
    });
}

}  // namespace

delivery_ptr delivery::of(chunk_ptr bytes, counter& held, std::uint64_t number) {
    return delivery_ptr(new delivery(std::move(bytes), {number, number, 1, false}, held));
}

delivery_ptr delivery::of(std::span<publication const> events, counter& held) {
    assert(!events.empty());
    range const all{events.front().number, events.back().number,
                    static_cast<std::uint32_t>(events.size()), events.front().to == everyone};
    return delivery_ptr(new delivery(joined(events), all, held));
}

encoded_stream::views delivery::encoded_for(encoded_stream& to, counters& of) const {
    if (!forms_) forms_ = std::make_unique<encoded_forms>();
    auto const before = forms_->bytes();
    auto const views = to.next(view().payload(), *forms_);
    if (auto const made = forms_->bytes() - before; made != 0) {
        held_.add(made);
        of.compressed.add(1);
        of.compressed_from.add(size());
        of.compressed_to.add(made);
    }
    return views;
}

}  // namespace fibercast
