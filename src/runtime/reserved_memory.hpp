#pragma once

#include <cassert>
#include <cstddef>

namespace fibercast {

/// Room for one operation of Asio at a time, so that starting it again and again takes no memory
/// and cannot fail. Asio gives it back before it calls the operation's handler.
class reserved_memory {
public:
    /// What a handler names as its `allocator_type`.
    template <typename T>
    class allocator {
    public:
        using value_type = T;

        explicit allocator(reserved_memory& from) noexcept : from_(&from) {}
        template <typename U>
        allocator(allocator<U> const& other) noexcept : from_(other.from_) {}

        T* allocate([[maybe_unused]] std::size_t count) noexcept {
            static_assert(sizeof(T) <= size && alignof(T) <= alignof(std::max_align_t));
            assert(count == 1);
            return reinterpret_cast<T*>(from_->bytes_);
        }
        void deallocate(T*, std::size_t) noexcept {}

        friend bool operator==(allocator const&, allocator const&) = default;

    private:
        template <typename U>
        friend class allocator;

        reserved_memory* from_;
    };

private:
    static constexpr std::size_t size = 256;

    alignas(std::max_align_t) std::byte bytes_[size];
};

}  // namespace fibercast
