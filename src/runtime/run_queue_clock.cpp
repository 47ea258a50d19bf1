#include "run_queue_clock.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <string_view>

namespace fibercast {
namespace {

int open_statistics_of(pid_t thread) noexcept {
    std::array<char, 64> path{};
    std::snprintf(path.data(), path.size(), "/proc/self/task/%d/schedstat", thread);
    return ::open(path.data(), O_RDONLY | O_CLOEXEC);
}

}  // namespace

run_queue_clock::run_queue_clock(pid_t thread) noexcept : file_(open_statistics_of(thread)) {}

run_queue_clock::~run_queue_clock() {
    if (file_ >= 0) ::close(file_);
}

/// The second of the numbers in the file: Documentation/scheduler/sched-stats.rst of Linux.
std::chrono::nanoseconds run_queue_clock::waited() const noexcept {
    std::array<char, 128> bytes{};
    auto const count = ::pread(file_, bytes.data(), bytes.size(), 0);
    std::string_view const text(bytes.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    auto const blank = text.find(' ');
    if (blank == text.npos) return {};
    std::int64_t waited = 0;
    std::from_chars(text.data() + blank + 1, text.data() + text.size(), waited);
    return std::chrono::nanoseconds(waited);
}

}  // namespace fibercast
