#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace fibercast::app {

/// Longer lines are refused, so that input without line ends does not fill the memory.
inline constexpr std::size_t max_line_bytes = 1024 * 1024;

/// Where lines of input come from.
class line_source {
public:
    enum class result {
        line,      ///< There is a line.
        too_long,  ///< There was a line longer than `max_line_bytes`; it is skipped.
        end,       ///< There is no more input.
        stopped,   ///< Whoever owns the source does not want to wait for input any more.
    };

    virtual ~line_source() = default;

    /// Blocks until there is a line, and replaces `line` by it, without its end.
    virtual result read(std::string& line) = 0;

    /// Calls `readable` each time `fd` is, until that is false, or until there is input: a key,
    /// which is taken, or on what has no keys a line, which is not.
    virtual void watch(int fd, std::function<bool()> const& readable) = 0;
};

}  // namespace fibercast::app
