#include "text_output.hpp"

#include "app/process/poll_until.hpp"

#include <limits.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace fibercast::app {

void text_output::write(std::string_view text) noexcept {
    while (!text.empty() && !gone_ && wait_for_room()) {
        // A pipe that is ready has room for so much, and no more is promised not to block.
        auto const piece = text.substr(0, PIPE_BUF);
        auto const count = ::write(fd_, piece.data(), piece.size());
        if (count >= 0) {
            text.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno != EINTR && errno != EAGAIN) {
            gone_ = true;
        }
    }
}

bool text_output::wait_for_room() noexcept {
    for (;;) {
        std::array<pollfd, 1> room{{{fd_, POLLOUT, 0}}};
        if (poll_until(room, deadline{})) return true;
        if (stop_.is_set()) return false;
        std::array<pollfd, 2> either{{{fd_, POLLOUT, 0}, {stop_.native_handle(), POLLIN, 0}}};
        poll_until(either);
    }
}

}  // namespace fibercast::app
