#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// Counts durations, of which there are millions, in buckets that are at most 1/32 wide: a
/// percentile is up to 3 % too high. The maximum is exact.
class latency_histogram {
public:
    void add(std::chrono::nanoseconds latency);
    void add(latency_histogram const& other);

    std::uint64_t count() const noexcept { return count_; }
    std::chrono::nanoseconds max() const noexcept { return max_; }

    /// `share` of all durations, 0 to 1, are no longer than this. Zero if there are none.
    std::chrono::nanoseconds percentile(double share) const;

    /// As text on one line, for another process; `parse` reads it, and throws `failure`.
    std::string text() const;
    static latency_histogram parse(std::string_view text);

private:
    // 32 buckets for each power of two; what is below 32 ns has a bucket each.
    static constexpr std::size_t bucket_bits = 5;
    static constexpr std::size_t bucket_count = (64 - bucket_bits + 1) << bucket_bits;

    static std::size_t bucket_of(std::uint64_t value);
    static std::uint64_t upper_end_of(std::size_t bucket);

    std::vector<std::uint32_t> buckets_ = std::vector<std::uint32_t>(bucket_count);
    std::uint64_t count_ = 0;
    std::chrono::nanoseconds max_{};
};

}  // namespace bench
