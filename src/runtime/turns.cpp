#include "turns.hpp"

#include <fibercast/runtime/worker.hpp>

#include <unistd.h>

namespace fibercast {
namespace {

turns* current_turns() noexcept {
    worker* const home = worker::current();
    return home != nullptr ? &home->turns() : nullptr;
}

}  // namespace

void turns::begin() noexcept {
    thread_ = ::gettid();
    wakes();
}

void turns::add(activity& what) {
    std::lock_guard const held(mutex_);
    activities_.push_front(what);  // before those of the same fiber that it is a part of
}

void turns::remove(activity& what) noexcept {
    std::lock_guard const held(mutex_);
    activities_.erase(activities_.iterator_to(what));
}

std::string turns::activity_in(std::uint32_t turn) const {
    std::lock_guard const held(mutex_);
    auto const* const fiber = running();
    if (fiber == nullptr || count() != turn) return {};
    for (auto const& each : activities_) {
        if (each.fiber() == fiber) return each.text();
    }
    return {};
}

activity::activity(void const* what, std::string (*describe)(void const*))
    : what_(what),
      describe_(describe),
      noted_(current_turns()),
      fiber_(noted_ != nullptr ? noted_->running() : nullptr) {
    if (noted_ != nullptr) noted_->add(*this);
}

activity::~activity() {
    if (noted_ != nullptr) noted_->remove(*this);
}

}  // namespace fibercast
