#include "history.hpp"

#include <algorithm>
#include <bit>

namespace fibercast {

history::history(bounds const& most) : most_(most), places_(most.events) {
    if (!on()) return;
    buckets_ = std::vector<by_own_id::bucket_type>(std::bit_ceil(most.events));
    own_ids_.emplace(by_own_id::bucket_traits(buckets_.data(), buckets_.size()));
}

void history::keep(publication const& what, std::string_view own_id,
                   clock::time_point now) noexcept {
    if (!on()) {
        floor_ = what.number;
        return;
    }
    expire(now);
    if (count_ == places_.size()) forget_first();
    kept& place = at(count_++);
    place.what = what;
    place.what.answer.reset();
    place.what.counted.reset();
    place.own_id = own_id;
    place.since = now;
    if (!own_id.empty()) own_ids_->insert(place);
    bytes_ += size_of(place);
    while (bytes_ > most_.bytes && count_ > 1) forget_first();
}

void history::expire(clock::time_point now) noexcept {
    if (most_.age == clock::duration::zero()) return;
    while (count_ != 0 && now - at(0).since > most_.age) forget_first();
}

void history::forget_first() noexcept {
    kept& first = at(0);
    bytes_ -= size_of(first);
    floor_ = first.what.number;
    if (first.is_linked()) own_ids_->erase(own_ids_->iterator_to(first));
    first.what = {};
    first.own_id = {};
    first_ = (first_ + 1) % places_.size();
    --count_;
}

std::size_t history::size_of(kept const& each) noexcept {
    return each.what.bytes->payload().size() + (each.what.topics ? each.what.topics->bytes() : 0);
}

std::optional<std::uint64_t> history::find(std::string_view own_id) const noexcept {
    if (!own_ids_ || own_id.empty()) return std::nullopt;
    std::optional<std::uint64_t> oldest;
    auto const [first, last] = own_ids_->equal_range(own_id);
    for (auto each = first; each != last; ++each)
        oldest = std::min(oldest.value_or(each->what.number), each->what.number);
    return oldest;
}

std::string_view history::own_id_at(std::uint64_t number) const noexcept {
    auto const behind = place_behind(number);
    if (behind == 0 || at(behind - 1).what.number != number) return {};
    return at(behind - 1).own_id;
}

std::size_t history::place_behind(std::uint64_t number) const noexcept {
    std::size_t low = 0, high = count_;
    while (low < high) {
        auto const middle = low + (high - low) / 2;
        if (at(middle).what.number <= number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

std::uint64_t history::read(std::uint64_t after, std::uint64_t last, event_filter const& wanted,
                            std::vector<publication>& to) const noexcept {
    std::size_t bytes = 0;
    auto const begin = place_behind(after);
    auto const end = std::min(count_, begin + most_visited);
    for (std::size_t place = begin; place < end; ++place) {
        auto const& each = at(place).what;
        if (each.number > last) return last;
        if (!wanted.may_want(each.topics)) continue;
        bytes += each.bytes->payload().size();
        if (to.size() == to.capacity() || (!to.empty() && bytes > most_bytes_at_once))
            return place == begin ? after : at(place - 1).what.number;
        to.push_back(each);
    }
    return end == count_ ? last : at(end - 1).what.number;
}

}  // namespace fibercast
