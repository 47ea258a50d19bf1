#include "plain_lines.hpp"

#include "terminal.hpp"

#include <unistd.h>

#include <cerrno>
#include <utility>

namespace fibercast::app {
namespace {

constexpr std::size_t read_bytes = 64 * 1024;

}  // namespace

line_source::result plain_lines::read(std::string& line) {
    for (;;) {
        if (stop_.is_set()) return result::stopped;
        if (take_line(line)) return checked(line);
        auto const state = refill();
        if (state == result::end && take_rest(line)) return checked(line);
        if (state != result::line) return state;
    }
}

void plain_lines::watch(int fd, std::function<bool()> const& readable) {
    if (begin_ == buffer_.size()) watch_until_input(fd_, stop_, fd, readable);
}

bool plain_lines::take_line(std::string& line) {
    auto const end = buffer_.find('\n', begin_);
    if (end == std::string::npos) return false;
    line.assign(buffer_, begin_, end - begin_);
    begin_ = end + 1;
    return true;
}

bool plain_lines::take_rest(std::string& line) {
    line.assign(buffer_, begin_);
    buffer_.clear();
    begin_ = 0;
    return !line.empty() || skipping_;
}

line_source::result plain_lines::checked(std::string& line) {
    if (std::exchange(skipping_, false) || line.size() > max_line_bytes) return result::too_long;
    if (line.ends_with('\r')) line.pop_back();
    return result::line;
}

/// Reads some more behind a line's beginning; `line` when there was something.
line_source::result plain_lines::refill() {
    buffer_.erase(0, std::exchange(begin_, 0));
    if (buffer_.size() > max_line_bytes) {
        skipping_ = true;
        buffer_.clear();
    }
    for (;;) {
        if (!wait_for_input(fd_, stop_)) return result::stopped;
        auto const had = buffer_.size();
        buffer_.resize(had + read_bytes);
        auto const count = ::read(fd_, buffer_.data() + had, read_bytes);
        buffer_.resize(had + static_cast<std::size_t>(count > 0 ? count : 0));
        if (count > 0) return result::line;
        if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        return result::end;
    }
}

}  // namespace fibercast::app
