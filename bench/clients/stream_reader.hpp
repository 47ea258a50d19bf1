#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace bench {

/// What one client makes of the body of its stream.
class stream_reader {
public:
    virtual ~stream_reader() = default;

    /// Appends the numbers of the messages that have come with this. Throws `failure` if something
    /// is wrong with them.
    virtual void feed(std::string_view body, std::vector<std::uint32_t>& numbers) = 0;
};

}  // namespace bench
