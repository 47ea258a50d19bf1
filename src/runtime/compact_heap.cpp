#include "compact_heap.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <new>
#include <utility>

namespace fibercast {
namespace {

struct mmap_source final : region_source {};
constinit mmap_source the_system;
constinit std::atomic<region_source*> the_source = &the_system;

}  // namespace

region_source& region_source::current() noexcept { return *the_source; }

region_source& region_source::exchange(region_source& other) noexcept {
    return *the_source.exchange(&other);
}

void* region_source::map() noexcept {
    // Twice as much, of which the part is kept that is aligned.
    auto* const all = static_cast<std::byte*>(::mmap(
        nullptr, 2 * region_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    if (all == MAP_FAILED) return nullptr;
    auto const before = -reinterpret_cast<std::uintptr_t>(all) % region_size;
    auto* const begin = all + before;
    if (before != 0) ::munmap(all, before);
    ::munmap(begin + region_size, region_size - before);
    ::madvise(begin, region_size, MADV_NOHUGEPAGE);
    return begin;
}

void region_source::unmap(void* region) noexcept { ::munmap(region, region_size); }

compact_heap::compact_heap(region_source& source) noexcept : source_(source) {}

compact_heap::~compact_heap() {
    assert(used_count_ == 0);
    while (regions_ != 0) drop(region_of(&(unused_.empty() ? cold_ : unused_).front()));
    if (reserve_ != nullptr) source_.unmap(reserve_);
}

void* compact_heap::allocate(std::size_t bytes) noexcept {
    auto const block = rounded(bytes);
    auto& fitting = with_room_[block / step];
    span* from = fitting.empty() ? new_span(block) : &fitting.front();
    return from != nullptr ? take(*from) : nullptr;
}

void* compact_heap::allocate_from_reserve(std::size_t bytes) noexcept {
    if (void* const block = allocate(bytes)) return block;
    if (reserve_ == nullptr) return nullptr;
    adopt(std::exchange(reserve_, nullptr));
    return allocate(bytes);
}

bool compact_heap::keep_reserve() noexcept {
    if (reserve_ == nullptr) reserve_ = source_.map();
    return reserve_ != nullptr;
}

void compact_heap::release(void* block) noexcept {
    span& from = span_of(block);
    if (!has_room(from)) with_room_[from.block / step].push_front(from);
    *static_cast<void**>(block) = std::exchange(from.free, block);
    if (--from.used == 0) retire(from);
}

void* compact_heap::take(span& from) noexcept {
    void* block = from.free;
    if (block != nullptr) {
        from.free = *static_cast<void**>(block);
    } else {
        block = begin_of(from) + from.fresh;
        from.fresh += from.block;
    }
    ++from.used;
    if (!has_room(from)) with_room_[from.block / step].erase(spans::s_iterator_to(from));
    return block;
}

compact_heap::span* compact_heap::new_span(std::size_t block) noexcept {
    if (unused_.empty() && cold_.empty() && !grow()) return nullptr;
    bool const warm = !unused_.empty();
    spans& from = warm ? unused_ : cold_;
    span& taken = from.front();
    from.pop_front();
    --(warm ? unused_count_ : cold_count_);
    least_unused_ = std::min(least_unused_, unused_count_);
    idle_ = std::min(idle_, unused_count_);
    taken.cold = false;
    taken.free = nullptr;
    taken.fresh = static_cast<std::uint32_t>(first_block_of(taken));
    taken.block = static_cast<std::uint32_t>(block);
    ++region_of(&taken).used;
    ++used_count_;
    with_room_[block / step].push_front(taken);
    return &taken;
}

void compact_heap::retire(span& empty) noexcept {
    with_room_[empty.block / step].erase(spans::s_iterator_to(empty));
    empty.block = 0;
    --region_of(&empty).used;
    --used_count_;
    ++unused_count_;
    unused_.push_front(empty);
}

bool compact_heap::grow() noexcept {
    void* const mapped = source_.map();
    if (mapped != nullptr) adopt(mapped);
    return mapped != nullptr;
}

/// What was never touched has no memory either.
void compact_heap::adopt(void* mapped) noexcept {
    auto* const made = ::new (mapped) region;
    for (span& each : made->all) {
        each.cold = true;
        cold_.push_back(each);
    }
    made->next = std::exchange(first_region_, made);
    if (made->next != nullptr) made->next->previous = made;
    cold_count_ += spans_in_region;
    ++regions_;
}

void compact_heap::drop(region& idle) noexcept {
    for (span& each : idle.all) {
        bool const warm = !each.cold;
        (warm ? unused_ : cold_).erase(spans::s_iterator_to(each));
        --(warm ? unused_count_ : cold_count_);
    }
    (idle.previous != nullptr ? idle.previous->next : first_region_) = idle.next;
    if (idle.next != nullptr) idle.next->previous = idle.previous;
    --regions_;
    source_.unmap(&idle);
}

void compact_heap::tick() noexcept {
    auto const idle = std::exchange(least_unused_, unused_count_);
    idle_ = idle > kept ? idle - kept : 0;
}

bool compact_heap::trim() noexcept {
    if (idle_ == 0) return false;
    span& oldest = unused_.back();
    region& whole = region_of(&oldest);
    auto const before = unused_count_;
    if (whole.used == 0) {
        drop(whole);
    } else {
        cool(oldest);
    }
    idle_ -= std::min(idle_, before - unused_count_);
    least_unused_ = std::min(least_unused_, unused_count_);
    return idle_ != 0;
}

void compact_heap::cool(span& unused) noexcept {
    constexpr std::size_t page = 4096;
    auto const kept_bytes = (first_block_of(unused) + page - 1) / page * page;  // the region's head
    ::madvise(begin_of(unused) + kept_bytes, span_size - kept_bytes, MADV_DONTNEED);
    unused_.erase(spans::s_iterator_to(unused));
    --unused_count_;
    unused.cold = true;
    cold_.push_back(unused);
    ++cold_count_;
}

compact_heap::region& compact_heap::region_of(void const* address) noexcept {
    auto const at = reinterpret_cast<std::uintptr_t>(address);
    return *reinterpret_cast<region*>(at & ~(region_source::region_size - 1));
}

compact_heap::span& compact_heap::span_of(void const* block) noexcept {
    auto const offset = reinterpret_cast<std::uintptr_t>(block) & (region_source::region_size - 1);
    return region_of(block).all[offset / span_size];
}

std::size_t compact_heap::index_of(span const& one) noexcept {
    return static_cast<std::size_t>(&one - region_of(&one).all.data());
}

std::byte* compact_heap::begin_of(span const& one) noexcept {
    return reinterpret_cast<std::byte*>(&region_of(&one)) + index_of(one) * span_size;
}

std::size_t compact_heap::first_block_of(span const& one) noexcept {
    constexpr std::size_t line = 64;
    return index_of(one) == 0 ? (sizeof(region) + line - 1) / line * line : 0;
}

bool compact_heap::has_room(span const& one) noexcept {
    return one.free != nullptr || one.fresh + one.block <= span_size;
}

}  // namespace fibercast
