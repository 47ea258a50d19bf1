#include "compact_deadlines.hpp"

#include <algorithm>

namespace fibercast {

void compact_deadlines::reserve(std::size_t fibers) {
    if (fibers > all_.capacity())
        all_.reserve(std::max<std::size_t>({fibers, 2 * all_.capacity(), 64}));
}

void compact_deadlines::add(entry const& what) noexcept {
    all_.push_back(what);
    move_up(all_.size() - 1, what);
}

void compact_deadlines::remove(compact_fiber& whose) noexcept {
    std::size_t const place = whose.deadline_;
    whose.deadline_ = compact_fiber::none;
    entry const last = all_.back();
    all_.pop_back();
    if (place == all_.size()) return;
    if (place > 0 && last.until < all_[(place - 1) / 2].until) {
        move_up(place, last);
    } else {
        move_down(place, last);
    }
}

void compact_deadlines::move_up(std::size_t place, entry const& what) noexcept {
    while (place > 0) {
        auto const parent = (place - 1) / 2;
        if (all_[parent].until <= what.until) break;
        put(place, all_[parent]);
        place = parent;
    }
    put(place, what);
}

void compact_deadlines::move_down(std::size_t place, entry const& what) noexcept {
    for (;;) {
        auto child = 2 * place + 1;
        if (child >= all_.size()) break;
        if (child + 1 < all_.size() && all_[child + 1].until < all_[child].until) ++child;
        if (what.until <= all_[child].until) break;
        put(place, all_[child]);
        place = child;
    }
    put(place, what);
}

void compact_deadlines::put(std::size_t place, entry const& what) noexcept {
    all_[place] = what;
    what.fiber->deadline_ = static_cast<std::uint32_t>(place);
}

}  // namespace fibercast
