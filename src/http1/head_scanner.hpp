#pragma once

#include "rejection.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace fibercast {

/// Looks at a request's head while it arrives, before Beast gets it whole. Says at once what Beast
/// 1.81 waits for or takes: a request line that is none, lines that do not end in CRLF, fields that
/// are folded.
class head_scanner {
public:
    /// `head` is what has arrived so far: what it was at the last call, and more.
    std::optional<rejection> scan(std::string_view head);

    /// The size of the head with the empty line that ends it; 0 while that has not come.
    std::size_t size() const noexcept { return size_; }

private:
    std::size_t scanned_ = 0;  // before it there is no CR but those that end lines
    std::size_t line_start_ = 0;
    std::size_t size_ = 0;
};

}  // namespace fibercast
