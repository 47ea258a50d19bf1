#pragma once

#include "compact_heap.hpp"
#include "stage_sanitizer.hpp"

#include <fibercast/runtime/detail/compact_fiber.hpp>
#include <fibercast/runtime/detail/stack_pool.hpp>

#include <boost/context/detail/fcontext.hpp>
#include <boost/context/stack_context.hpp>

#include <utility>

namespace fibercast {

/// The range of stack addresses that a worker's compact fibers run on, one after the other. What a
/// fiber that waits has on it is copied away when another one wants the stage and back when it runs
/// again, always by the carrier, from a stack of its own.
class stage {
public:
    /// Throws `std::bad_alloc`.
    stage(stack_pool& stacks, compact_heap& heap);
    ~stage();
    stage(stage const&) = delete;
    stage& operator=(stage const&) = delete;

    enum class outcome : unsigned char {
        waits,      ///< The fiber has parked.
        ended,      ///< It has; its block is to be released.
        no_memory,  ///< It did not run: there is none for the one that is on the stage.
    };

    /// On the carrier's stack: runs the fiber until one of these.
    outcome run(compact_fiber& fiber) noexcept;

    /// On the stage: `compact_fiber::leave` for sanitizers.
    void leave(compact_fiber& self) noexcept;

    /// Loads a fiber that is to run soon.
    void prefetch(compact_fiber const& fiber) const noexcept {
        constexpr std::size_t line = 64;
        auto const* const block = reinterpret_cast<std::byte const*>(&fiber);
        for (std::size_t at = line; at < fiber.kind_->size; at += line)
            __builtin_prefetch(block + at, 1);
        if (fiber.stack_ == nullptr) return;
        auto const bytes = static_cast<std::size_t>(top_ - static_cast<std::byte*>(fiber.stack_));
        for (std::size_t at = 0; at < bytes; at += line) __builtin_prefetch(fiber.frames_ + at, 1);
    }

    stage_sanitizer const& sanitizer() const noexcept { return sanitizer_; }

    /// The fiber whose frames are here; null when there are none.
    compact_fiber* resident() const noexcept { return resident_; }

private:
    static void begin(boost::context::detail::transfer_t from) noexcept;
    void end(compact_fiber& fiber) noexcept;

    bool clear() noexcept;
    bool make_room(compact_fiber& fiber, std::size_t bytes) noexcept;
    [[gnu::noinline]] bool change_room(compact_fiber& fiber, std::size_t bytes) noexcept;
    std::size_t size_of_frames(compact_fiber const& fiber) const noexcept;
    void put_frames_back(compact_fiber const& fiber) noexcept;

    stack_pool& stacks_;
    compact_heap& heap_;
    boost::context::stack_context stack_;
    std::byte* const top_;
    stage_sanitizer sanitizer_;
    compact_fiber* resident_ = nullptr;
};

// In line, as far as the carrier's loop: the processor expects each function to return to where it
// was called last, and after a switch that was on the other side, so each return costs as much as
// copying some frames does.
[[gnu::always_inline]] inline stage::outcome stage::run(compact_fiber& fiber) noexcept {
    namespace context = boost::context::detail;
    if (resident_ != &fiber) {
        if (!clear()) return outcome::no_memory;
        stage_sanitizer::open(top_ - stack_.size, stack_.size);
        if (fiber.stack_ != nullptr) put_frames_back(fiber);
        resident_ = &fiber;
    }
    this_stage.running = &fiber;
    auto const of_carrier = std::exchange(*this_stage.handled, {});
    void* const into = fiber.stack_ != nullptr
                           ? fiber.stack_
                           : context::make_fcontext(top_, stack_.size, &stage::begin);
    sanitizer_.enter(fiber.for_sanitizer(), top_ - stack_.size, stack_.size);
    auto const back = context::jump_fcontext(into, this);
    sanitizer_.entered();
    *this_stage.handled = of_carrier;
    this_stage.running = nullptr;
    if (back.data != nullptr) {
        end(fiber);
        return outcome::ended;
    }
    fiber.stack_ = back.fctx;
    if (stage_sanitizer::eager) clear();
    return outcome::waits;
}

}  // namespace fibercast
