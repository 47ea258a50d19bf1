#include <fibercast/sse/end_reason.hpp>

#include <array>

namespace fibercast {

bool comes_back_after(end_reason why) noexcept {
    return why != end_reason::peer && why != end_reason::finished;
}

std::string_view name_of(end_reason why) noexcept {
    constexpr std::array<std::string_view, end_reasons> names = {
        "peer", "slow", "kicked", "drained", "expired", "failed", "finished"};
    return names[static_cast<std::size_t>(why)];
}

}  // namespace fibercast
