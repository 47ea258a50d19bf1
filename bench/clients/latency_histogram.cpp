#include "clients/latency_histogram.hpp"

#include "process/failure.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <sstream>

namespace bench {

std::size_t latency_histogram::bucket_of(std::uint64_t value) {
    constexpr std::uint64_t exact = 1U << bucket_bits;
    if (value < exact) return static_cast<std::size_t>(value);
    auto const shift = static_cast<std::size_t>(std::bit_width(value)) - bucket_bits - 1;
    return (shift << bucket_bits) + static_cast<std::size_t>(value >> shift);
}

std::uint64_t latency_histogram::upper_end_of(std::size_t bucket) {
    constexpr std::size_t exact = 1U << bucket_bits;
    if (bucket < 2 * exact) return bucket;
    auto const shift = (bucket >> bucket_bits) - 1;
    std::uint64_t const first = (bucket & (exact - 1)) | exact;
    return ((first + 1) << shift) - 1;
}

void latency_histogram::add(std::chrono::nanoseconds latency) {
    auto const value = std::max(latency, std::chrono::nanoseconds{0});
    ++buckets_[bucket_of(static_cast<std::uint64_t>(value.count()))];
    ++count_;
    max_ = std::max(max_, value);
}

void latency_histogram::add(latency_histogram const& other) {
    std::ranges::transform(buckets_, other.buckets_, buckets_.begin(), std::plus{});
    count_ += other.count_;
    max_ = std::max(max_, other.max_);
}

std::chrono::nanoseconds latency_histogram::percentile(double share) const {
    if (count_ == 0) return {};
    auto const rank = std::max(std::ceil(share * static_cast<double>(count_)), 1.0);
    auto left = static_cast<std::uint64_t>(rank);
    for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
        if (left <= buckets_[bucket])
            return std::min(max_, std::chrono::nanoseconds{upper_end_of(bucket)});
        left -= buckets_[bucket];
    }
    return max_;
}

std::string latency_histogram::text() const {
    auto line = fmt::format("{}", max_.count());
    for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
        if (buckets_[bucket] > 0) line += fmt::format(" {}:{}", bucket, buckets_[bucket]);
    }
    return line;
}

latency_histogram latency_histogram::parse(std::string_view text) {
    latency_histogram result;
    std::istringstream words{std::string{text}};
    std::int64_t longest = 0;
    bool valid = static_cast<bool>(words >> longest);
    result.max_ = std::chrono::nanoseconds{longest};
    std::size_t bucket = 0;
    while (valid && words >> bucket) {
        char colon = 0;
        std::uint32_t count = 0;
        valid = words >> colon >> count && colon == ':' && bucket < bucket_count;
        if (!valid) break;
        result.buckets_[bucket] += count;
        result.count_ += count;
    }
    if (!valid || !words.eof()) throw failure{fmt::format("not a histogram: '{}'", text)};
    return result;
}

}  // namespace bench
