#include <fibercast/sse/end_reason.hpp>

#include <array>

namespace fibercast {

std::string_view name_of(end_reason why) noexcept {
    constexpr std::array<std::string_view, end_reasons> names = {"peer",    "slow",   "kicked",
                                                                 "drained", "failed", "finished"};
    return names[static_cast<std::size_t>(why)];
}

}  // namespace fibercast
