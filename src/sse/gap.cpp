#include "gap.hpp"

#include <fibercast/sse/event.hpp>

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

namespace fibercast {

chunk_ptr gap_event(gap_reason why, std::optional<std::uint64_t> missed,
                    std::optional<event_id> after) {
    constexpr std::array<std::string_view, 4> names = {"too-old", "unknown-id", "other-epoch",
                                                       "dropped"};
    auto const data = fmt::format(R"({{"reason":"{}","missed":{},"after":{}}})",
                                  names[static_cast<std::size_t>(why)],
                                  missed ? fmt::to_string(*missed) : std::string("null"),
                                  after ? fmt::format("\"{}\"", after->text()) : "null");
    return chunk::make(event(data).type("fibercast.gap").encode());
}

}  // namespace fibercast
