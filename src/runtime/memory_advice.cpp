#include "memory_advice.hpp"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cassert>

namespace fibercast {

void memory_advice::add(std::byte* begin, std::size_t bytes) noexcept {
    assert(count_ < most_ranges);
    ranges_[count_++] = {begin, bytes};
}

bool memory_advice::give() noexcept {
    if (count_ > 1 && give_at_once()) return true;
    for (std::size_t i = 0; i < count_; ++i) {
        if (::madvise(ranges_[i].iov_base, ranges_[i].iov_len, advice_) != 0) return false;
    }
    return true;
}

/// process_madvise on oneself takes any advice since Linux 6.13, and without a descriptor of oneself
/// since 6.14: that would have to be opened each time, as after a fork it would mean the parent.
bool memory_advice::give_at_once() noexcept {
    constexpr int self = -10'000;  // PIDFD_SELF_THREAD; Debian 12's headers are older
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < count_; ++i) bytes += ranges_[i].iov_len;
    long const done = ::syscall(SYS_process_madvise, self, ranges_.data(), count_, advice_, 0);
    return done >= 0 && static_cast<std::size_t>(done) == bytes;
}

}  // namespace fibercast
