#include "draft.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string>

namespace fibercast {
namespace {

constexpr std::string_view id_field = "id: ";

std::size_t digits_of(std::uint64_t number) noexcept {
    std::size_t digits = 1;
    for (; number >= 10; number /= 10) ++digits;
    return digits;
}

/// It stands in the first line, or in the second behind the event's type.
std::string_view id_in(std::string_view bytes) noexcept {
    if (!bytes.starts_with(id_field)) bytes.remove_prefix(bytes.find('\n') + 1);
    bytes.remove_prefix(id_field.size());
    return bytes.substr(0, bytes.find('\n'));
}

}  // namespace

draft::draft(event const& what, event_id::epoch_text const& epoch, std::uint64_t expected)
    : what_(what), epoch_(epoch) {
    if (what.id().empty()) {
        encode(expected);
    } else {
        bytes_ = chunk::make(what.encode());
        own_id_ = id_in(bytes_->payload());
    }
}

draft::draft(event const& what) : what_(what), bytes_(chunk::make(what.encode())) {
    if (!what.id().empty()) own_id_ = id_in(bytes_->payload());
}

/// The id comes first: its number is then always at the same place.
void draft::encode(std::uint64_t expected) {
    auto const rest = what_.encode();
    digits_ = digits_of(expected);
    auto const before = id_field.size() + 1 + epoch_.size() + 1;
    bytes_ = chunk::make(before + digits_ + 1 + rest.size(), [&](char* to) {
        to = std::copy(id_field.begin(), id_field.end(), to);
        *to++ = '#';
        to = std::copy(epoch_.begin(), epoch_.end(), to);
        *to++ = '-';
        place_ = to;
        to += digits_;
        *to++ = '\n';
        std::memcpy(to, rest.data(), rest.size());
    });
}

void draft::number(std::uint64_t number) {
    if (digits_ == 0) return;
    if (digits_of(number) != digits_) encode(number);
    std::to_chars(place_, place_ + digits_, number);
}

}  // namespace fibercast
