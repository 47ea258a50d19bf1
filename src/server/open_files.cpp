#include "open_files.hpp"

#include <dirent.h>
#include <sys/resource.h>

#include <algorithm>

namespace fibercast {

std::size_t raise_open_file_limit() noexcept {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    if (limit.rlim_cur < limit.rlim_max) {
        rlimit const raised{limit.rlim_max, limit.rlim_max};
        if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
    }
    return limit.rlim_cur;
}

std::size_t open_files() noexcept {
    constexpr std::size_t estimate = 64;
    DIR* const all = ::opendir("/proc/self/fd");
    if (all == nullptr) return estimate;
    std::size_t count = 0;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody else reads this one
    while (::readdir(all) != nullptr) ++count;
    ::closedir(all);
    constexpr std::size_t not_ours = 3;  // the two dots, and the descriptor of the folder
    return count - std::min(count, not_ours);
}

std::size_t clients_within(std::size_t limit, std::size_t open) noexcept {
    auto const room = limit - std::min(open, limit);
    constexpr std::size_t kept_back = 240;  // logs, what handlers open
    return room - std::min(kept_back, room / 8);
}

}  // namespace fibercast
