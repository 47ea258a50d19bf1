#include "taps.hpp"

#include <fibercast/sse/event.hpp>

#include <algorithm>
#include <string_view>

namespace fibercast {

void taps::begin(member const& at) noexcept {
    for (auto const& each : all_) {
        if (each.at == &at) each.to->begin();
    }
}

bool taps::show(member const& at, delivery const& what) noexcept {
    auto const text = what.view().payload();
    bool const event = text != keep_alive_comment;
    std::erase_if(all_, [&](tap const& each) {
        if (each.at != &at) return false;
        return event ? !each.to->show(text, what.events()) : !each.to->begin();
    });
    return std::any_of(all_.begin(), all_.end(), [&](tap const& each) { return each.at == &at; });
}

void taps::end(member const& at) noexcept {
    std::erase_if(all_, [&](tap const& each) {
        if (each.at == &at) each.to->end();
        return each.at == &at;
    });
}

}  // namespace fibercast
