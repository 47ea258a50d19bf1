#pragma once

#include "unique_fd.hpp"

#include <string>
#include <string_view>

namespace bench {

/// Lines on their way into a server's standard input.
///
/// Never blocks: a server that is busy with slow clients may leave its input unread, and the driver
/// must go on reading as a client meanwhile, or both would wait for ever. Whoever waits on `fd()`
/// being writable calls `flush()`.
class line_writer {
public:
    explicit line_writer(unique_fd pipe) : pipe_{std::move(pipe)} {}

    int fd() const noexcept { return pipe_.get(); }

    /// Takes whole lines, newlines included.
    void write(std::string_view lines);
    void flush();

private:
    unique_fd pipe_;
    std::string pending_;
};

}  // namespace bench
