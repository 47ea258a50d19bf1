#include "stage.hpp"

#include "stage_sanitizer.hpp"

#include <cxxabi.h>

#include <new>
#include <utility>

namespace fibercast {
namespace {

namespace context = boost::context::detail;

/// What frames are copied by.
constexpr std::size_t piece = 16;

constexpr std::size_t rounded_up(std::size_t bytes, std::size_t unit) noexcept {
    return (bytes + unit - 1) / unit * unit;
}

/// A fiber whose frames are larger than this says nothing about the next of its kind.
constexpr std::size_t most_learnt = 2048;

/// Whole pieces. `rep movsb`, which is what a compiler may make of memcpy, starts slowly.
FIBERCAST_UNSEEN void copy_pieces(std::byte* to, std::byte const* from,
                                  std::size_t bytes) noexcept {
    // Two of 16 bytes: one of 32 would go through the stack, without AVX. And no lambda for it: the
    // sanitizers would see that.
    using one [[gnu::vector_size(piece), gnu::aligned(8), gnu::may_alias]] = long long;
    std::size_t at = bytes & piece;
    if (at != 0) *reinterpret_cast<one*>(to) = *reinterpret_cast<one const*>(from);
    for (; at < bytes; at += 2 * piece) {
        *reinterpret_cast<one*>(to + at) = *reinterpret_cast<one const*>(from + at);
        *reinterpret_cast<one*>(to + at + piece) = *reinterpret_cast<one const*>(from + at + piece);
    }
}

void* allocate(compact_heap& heap, std::size_t bytes) noexcept {
    return bytes <= compact_heap::largest ? heap.allocate_from_reserve(bytes)
                                          : ::operator new(bytes, std::nothrow);
}

void release(compact_heap& heap, void* block, std::size_t bytes) noexcept {
    if (bytes <= compact_heap::largest) {
        heap.release(block);
    } else {
        ::operator delete(block);
    }
}

}  // namespace

stage::stage(stack_pool& stacks, compact_heap& heap)
    : stacks_(stacks),
      heap_(heap),
      stack_(stacks.allocate()),
      top_(static_cast<std::byte*>(stack_.sp)) {
    this_stage.handled = reinterpret_cast<stage_view::exceptions*>(abi::__cxa_get_globals());
    this_stage.low = reinterpret_cast<std::uintptr_t>(top_ - stack_.size);
    this_stage.size = stack_.size;
}

stage::~stage() {
    this_stage = {};
    stage_sanitizer::open(top_ - stack_.size, stack_.size);
    stacks_.deallocate(stack_);
}

void stage::end(compact_fiber& fiber) noexcept {
    resident_ = nullptr;
    sanitizer_.ended(fiber.for_sanitizer());
    stage_sanitizer::shut(top_ - stack_.size, stack_.size);
    if (fiber.has_block_of_frames()) release(heap_, fiber.frames_, fiber.room_);
}

void stage::leave([[maybe_unused]] compact_fiber& self) noexcept {
    auto const handled = *this_stage.handled;
    sanitizer_.leave(self.for_sanitizer());
    this_stage.carrier_stack = context::jump_fcontext(this_stage.carrier_stack, nullptr).fctx;
    sanitizer_.came_back(self.for_sanitizer());
    *this_stage.handled = handled;
}

void stage::begin(context::transfer_t from) noexcept {
    stage& self = *static_cast<stage*>(from.data);
    this_stage.carrier_stack = from.fctx;
    self.sanitizer_.begun();
    compact_fiber& fiber = *this_stage.running;
    fiber.kind_->run(fiber);
    self.sanitizer_.leave_for_good();
    context::jump_fcontext(this_stage.carrier_stack, &self);
    __builtin_unreachable();
}

/// Whole pieces, to which the top of the stage is aligned: a little more than there is.
std::size_t stage::size_of_frames(compact_fiber const& fiber) const noexcept {
    return rounded_up(static_cast<std::size_t>(top_ - static_cast<std::byte*>(fiber.stack_)),
                      piece);
}

bool stage::clear() noexcept {
    if (resident_ == nullptr) return true;
    auto const bytes = size_of_frames(*resident_);
    if (!make_room(*resident_, stage_sanitizer::stored_size(bytes))) return false;
    copy_pieces(resident_->frames_, top_ - bytes, bytes);
    stage_sanitizer::save(resident_->frames_ + bytes, top_ - bytes, bytes);
    stage_sanitizer::shut(top_ - stack_.size, stack_.size);
    resident_ = nullptr;
    return true;
}

void stage::put_frames_back(compact_fiber const& fiber) noexcept {
    auto const bytes = size_of_frames(fiber);
    copy_pieces(top_ - bytes, fiber.frames_, bytes);
    stage_sanitizer::restore(top_ - bytes, fiber.frames_ + bytes, bytes);
}

bool stage::make_room(compact_fiber& fiber, std::size_t bytes) noexcept {
    if (bytes <= fiber.room_ && fiber.room_ <= 2 * bytes + 256) return true;
    return change_room(fiber, bytes);
}

bool stage::change_room(compact_fiber& fiber, std::size_t bytes) noexcept {
    std::size_t const own = fiber.own_room_ * compact_fiber::unit;
    if ((bytes > own && bytes <= most_learnt) || own > 2 * bytes + 256)
        fiber.kind_->room.store(static_cast<std::uint32_t>(bytes), std::memory_order_relaxed);
    if (bytes <= fiber.room_ && !fiber.has_block_of_frames()) return true;

    auto* const old = fiber.has_block_of_frames() ? fiber.frames_ : nullptr;
    auto const old_size = fiber.room_;
    if (bytes <= own) {
        fiber.frames_ = fiber.own_frames();
        fiber.room_ = static_cast<std::uint32_t>(own);
    } else if (void* const block = allocate(heap_, bytes)) {
        fiber.frames_ = static_cast<std::byte*>(block);
        fiber.room_ = static_cast<std::uint32_t>(bytes);
    } else {
        return bytes <= fiber.room_;
    }
    if (old != nullptr) release(heap_, old, old_size);
    return true;
}

}  // namespace fibercast
