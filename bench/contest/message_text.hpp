#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>

namespace bench {

/// Message `number`: its number, then padding up to `size` bytes.
inline std::string message_text(std::uint32_t number, int size) {
    return fmt::format("{:x<{}}", fmt::format("{} ", number), size);
}

}  // namespace bench
