#include "process/line_reader.hpp"

#include "process/interruption.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace bench {

std::optional<std::string> line_reader::next(std::chrono::steady_clock::time_point deadline) {
    for (;;) {
        if (auto line = take_line()) return line;
        std::array<char, 16 * 1024> buffer;
        if (!wait(deadline)) return std::nullopt;
        auto const size = ::read(pipe_, buffer.data(), buffer.size());
        if (size <= 0) return std::nullopt;
        held_.append(buffer.data(), static_cast<std::size_t>(size));
    }
}

std::optional<std::string> line_reader::take_line() {
    auto const end = held_.find('\n');
    if (end == std::string::npos) return std::nullopt;
    auto line = held_.substr(0, end);
    held_.erase(0, end + 1);
    return line;
}

bool line_reader::wait(std::chrono::steady_clock::time_point deadline) const {
    using clock = std::chrono::steady_clock;
    while (clock::now() < deadline) {
        throw_if_interrupted();
        auto const rest = std::min<clock::duration>(deadline - clock::now(), longest_wait);
        pollfd readable{pipe_, POLLIN, 0};
        auto const rest_ms = std::chrono::ceil<std::chrono::milliseconds>(rest).count();
        if (::poll(&readable, 1, static_cast<int>(rest_ms)) > 0) return true;
    }
    return false;
}

}  // namespace bench
