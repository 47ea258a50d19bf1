#pragma once

#include <sys/uio.h>

#include <array>
#include <cstddef>

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102  // linux/mman.h since 6.13; Debian 12's headers are older
#endif

namespace fibercast {

/// One piece of advice (madvise's) for many ranges of memory: one system call for all of them where
/// the kernel takes it. On several processors each call that takes memory away interrupts all of
/// them, so that ending fibers one by one used to be 13 times slower.
class memory_advice {
public:
    static constexpr std::size_t most_ranges = 256;

    explicit memory_advice(int advice) noexcept : advice_(advice) {}

    /// At most `most_ranges`.
    void add(std::byte* begin, std::size_t bytes) noexcept;

    /// False: the kernel did not take it for all of them.
    bool give() noexcept;

private:
    bool give_at_once() noexcept;

    int const advice_;
    std::size_t count_ = 0;
    std::array<iovec, most_ranges> ranges_;
};

}  // namespace fibercast
