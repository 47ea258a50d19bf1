#include "open_files.hpp"

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

std::size_t clients_within(std::size_t open_files) noexcept {
    constexpr std::size_t kept_back = 256;  // logs, event loops, listeners, what handlers open
    return open_files - std::min(kept_back, open_files / 2);
}

}  // namespace fibercast
