#include <fibercast/runtime/detail/compact_fiber.hpp>

#include "carrier.hpp"

namespace fibercast {

compact_fiber::compact_fiber(compact_kind& kind, place where) noexcept
    : channel_place(true),
      own_room_(static_cast<std::uint8_t>(where.room / unit)),
      home_(this_stage.home),
      frames_(static_cast<std::byte*>(where.block) + kind.size),
      kind_(&kind),
      room_(static_cast<std::uint32_t>(where.room)) {}

compact_fiber::place compact_fiber::allocate(compact_kind const& kind) {
    return carrier::here().allocate(kind);
}

void compact_fiber::release(place unused) noexcept { this_stage.home->release(unused.block); }

void compact_fiber::start() noexcept { home_->start(*this); }

// Not in line: what asks for its own frame gets a larger one.
compact_fiber* compact_fiber::if_on_stage() noexcept {
    return on_stage(__builtin_frame_address(0)) ? this_stage.running : nullptr;
}

void compact_fiber::add_deadline(deadline until, channel_waiters* list) noexcept {
    home_->add_deadline(*this, until, list);
}

#if defined(BOOST_USE_ASAN) || defined(BOOST_USE_TSAN)
void compact_fiber::leave() noexcept { home_->leave(*this); }
#endif

void compact_fiber::yield() noexcept {
    home_->yielded(*this);
    leave();
}

bool compact_fiber::wake() noexcept {
    if (!parked_) return false;
    home_->ready(*this);
    return true;
}

void compact_fiber::taken() noexcept { home_->ready(*this); }

}  // namespace fibercast
