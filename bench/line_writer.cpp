#include "line_writer.hpp"

#include "failure.hpp"

#include <unistd.h>

namespace bench {

void line_writer::write(std::string_view lines) {
    pending_ += lines;
    flush();
}

void line_writer::flush() {
    std::size_t written = 0;
    while (written < pending_.size()) {
        auto const size =
            ::write(pipe_.get(), pending_.data() + written, pending_.size() - written);
        if (size < 0 && errno == EAGAIN) break;
        if (size < 0) throw failure{"the server no longer reads its standard input"};
        written += static_cast<std::size_t>(size);
    }
    pending_.erase(0, written);
}

}  // namespace bench
