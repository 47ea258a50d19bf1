#include "windows.hpp"

#include <algorithm>

namespace fibercast {

encoded_piece windows::start(content_coding coding, std::string_view plain) {
    auto& chosen = free_for(coding);
    used(chosen);
    return chosen.start(plain);
}

encoded_piece windows::go_on(place const& from, std::string_view plain) {
    auto* const open = from.open();
    if (open == nullptr) return {};
    used(*open);
    if (open->goes_on()) return open->go_on(plain);
    return {};
}

window& windows::free_for(content_coding coding) {
    auto const free = std::find_if(all_.begin(), all_.end(), [&](auto const& each) {
        return each->closed() && each->coding() == coding;
    });
    if (free != all_.end()) return **free;
    if (all_.size() < most) return *all_.emplace_back(std::make_unique<window>(coding));
    // Of several, the one that was used longest ago: so those whom one greets as they come do not
    // push out the window of all the others.
    auto& least = *std::min_element(all_.begin(), all_.end(), [](auto const& a, auto const& b) {
        return a->streams() < b->streams();
    });
    if (least->coding() != coding) least = std::make_unique<window>(coding);
    return *least;
}

void windows::used(window const& one) noexcept {
    auto const place = std::find_if(all_.begin(), all_.end(),
                                    [&](auto const& each) { return each.get() == &one; });
    std::rotate(place, place + 1, all_.end());
}

}  // namespace fibercast
