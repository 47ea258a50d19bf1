#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/detail/compact_fiber.hpp>

#include <cstddef>
#include <memory>
#include <new>
#include <utility>

namespace fibercast {

/// A part of an object that others point to while its fiber waits. It lies in the object, or, where
/// that lies in the frames of a compact fiber, in the heap.
template <typename T>
class settled {
public:
    /// Throws what making one throws, and `std::bad_alloc` on the stage.
    template <typename... Arguments>
    explicit settled(Arguments&&... arguments) : kept_(on_stage(this)), at_(place()) {
        try {
            ::new (at_) T(std::forward<Arguments>(arguments)...);
        } catch (...) {
            give_back();
            throw;
        }
    }
    ~settled() {
        std::destroy_at(get());
        give_back();
    }
    settled(settled const&) = delete;
    settled& operator=(settled const&) = delete;

    T* get() const noexcept { return std::launder(static_cast<T*>(at_)); }
    T& operator*() const noexcept { return *get(); }
    T* operator->() const noexcept { return get(); }

private:
    static_assert(alignof(T) <= alignof(std::max_align_t));

    void* place() { return kept_ ? ::operator new(sizeof(T)) : static_cast<void*>(inside_); }
    void give_back() noexcept {
        if (kept_) ::operator delete(at_);
    }

    alignas(T) std::byte inside_[sizeof(T)];
    bool const kept_;  // in the heap
    void* const at_;
};

}  // namespace fibercast
