#pragma once

#include <boost/intrusive/list.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace fibercast {

/// Where heaps get their memory from. A test has one that fails.
class region_source {
public:
    constexpr region_source() = default;
    region_source(region_source const&) = delete;
    region_source& operator=(region_source const&) = delete;

    static constexpr std::size_t region_size = 2 << 20;

    /// A region, aligned to its size; null: there is none.
    virtual void* map() noexcept;
    virtual void unmap(void* region) noexcept;

    /// That of the heaps that are made from now on: the system, unless a test says otherwise.
    static region_source& current() noexcept;
    static region_source& exchange(region_source& other) noexcept;

protected:
    ~region_source() = default;
};

/// Blocks of memory for one worker's compact fibers, by size: cut from spans of 64 KiB, each of
/// blocks of one size, which are cut from regions. Two blocks of a size are 32 bytes apart from
/// their neighbours in size, so little is lost.
///
/// Memory goes back to the system some time after it was used last: see `tick`.
class compact_heap {
public:
    static constexpr std::size_t step = 32;
    static constexpr std::size_t largest = 4096;

    explicit compact_heap(region_source& source = region_source::current()) noexcept;
    ~compact_heap();
    compact_heap(compact_heap const&) = delete;
    compact_heap& operator=(compact_heap const&) = delete;

    /// What a request for so many bytes gets.
    static constexpr std::size_t rounded(std::size_t bytes) noexcept {
        return (bytes + step - 1) / step * step;
    }

    /// A block of at most `largest` bytes, aligned to 32; null: there is no memory.
    void* allocate(std::size_t bytes) noexcept;
    /// The same, and what was kept in reserve may be used for it.
    void* allocate_from_reserve(std::size_t bytes) noexcept;
    void release(void* block) noexcept;

    /// Puts a region aside for `allocate_from_reserve`, if there is none. False: no memory.
    bool keep_reserve() noexcept;

    /// To be called from time to time: what no block has been in since the last time is idle, and
    /// `trim` gives it back, a piece at a time. False: that was all.
    void tick() noexcept;
    bool trim() noexcept;
    /// Whether there is something that may become idle.
    bool has_unused() const noexcept { return unused_count_ > kept; }

    /// Bytes of address space, and of those in spans that have blocks or keep their memory.
    std::size_t mapped() const noexcept { return regions_ * region_source::region_size; }
    std::size_t resident() const noexcept { return (used_count_ + unused_count_) * span_size; }

private:
    static constexpr std::size_t span_size = 64 << 10;
    static constexpr std::size_t spans_in_region = region_source::region_size / span_size;
    static constexpr std::size_t kept = 8;  // spans that stay whatever happens

    struct span : boost::intrusive::list_base_hook<> {
        void* free = nullptr;     // a list of blocks that were used and are not
        std::uint32_t fresh = 0;  // where the blocks begin that were never used
        std::uint32_t block = 0;  // their size; 0: the span is unused
        std::uint32_t used = 0;   // blocks
        bool cold = false;        // unused, and without memory
    };
    using spans = boost::intrusive::list<span, boost::intrusive::constant_time_size<false>>;

    /// At the beginning of its region, in its first span.
    struct region {
        std::size_t used = 0;  // spans
        region* next = nullptr;
        region* previous = nullptr;
        std::array<span, spans_in_region> all;
    };

    static region& region_of(void const* address) noexcept;
    static std::size_t index_of(span const& one) noexcept;
    static std::byte* begin_of(span const& one) noexcept;
    static std::size_t first_block_of(span const& one) noexcept;
    static span& span_of(void const* block) noexcept;
    static bool has_room(span const& one) noexcept;

    void* take(span& from) noexcept;
    span* new_span(std::size_t block) noexcept;
    void retire(span& empty) noexcept;
    bool grow() noexcept;
    void adopt(void* mapped) noexcept;
    void drop(region& idle) noexcept;
    void cool(span& unused) noexcept;

    region_source& source_;
    std::array<spans, largest / step + 1> with_room_;
    spans unused_;  // the front was used last
    spans cold_;    // unused, without memory
    std::size_t used_count_ = 0, unused_count_ = 0, cold_count_ = 0;
    std::size_t least_unused_ = 0;  // since the last tick
    std::size_t idle_ = 0;          // to be given back
    std::size_t regions_ = 0;
    region* first_region_ = nullptr;  // of all, for docs/fibercast-gdb.py
    void* reserve_ = nullptr;
};

}  // namespace fibercast
