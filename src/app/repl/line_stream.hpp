#pragma once

#include <optional>
#include <string>

namespace fibercast::app {

/// Lines that come by and by, for an operator to watch. One thread.
class line_stream {
public:
    virtual ~line_stream() = default;

    /// Readable when there is something to read.
    virtual int native_handle() const noexcept = 0;

    /// The lines that have come, safe to print. Nothing: no more come.
    virtual std::optional<std::string> read() = 0;
};

}  // namespace fibercast::app
