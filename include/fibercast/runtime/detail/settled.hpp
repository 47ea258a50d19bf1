#pragma once

#include <fibercast/runtime/detail/compact_fiber.hpp>

#include <memory>
#include <utility>

namespace fibercast {

/// A part of an object that others point to while its fiber waits. It lies in the object, or, where
/// that lies in the frames of a compact fiber, in the heap.
template <typename T>
class settled {
public:
    /// Throws what making one throws, and `std::bad_alloc` on the stage.
    template <typename... Arguments>
    explicit settled(Arguments&&... arguments)
        : at_(on_stage(this) ? new T(std::forward<Arguments>(arguments)...)
                             : std::construct_at(&inside_, std::forward<Arguments>(arguments)...)) {
    }
    ~settled() {
        if (at_ == &inside_) {
            std::destroy_at(at_);
        } else {
            delete at_;
        }
    }
    settled(settled const&) = delete;
    settled& operator=(settled const&) = delete;

    T* get() noexcept { return at_; }
    T& operator*() noexcept { return *at_; }
    T* operator->() noexcept { return at_; }
    T const* operator->() const noexcept { return at_; }

private:
    union {
        T inside_;
    };
    T* const at_;
};

}  // namespace fibercast
