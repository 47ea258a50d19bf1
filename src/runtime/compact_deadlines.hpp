#pragma once

#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/compact_fiber.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace fibercast {

/// When compact fibers that wait are to give up: a heap, which has the room for one of each from the
/// beginning of the fiber on, and whose memory is touched only when they use it.
class compact_deadlines {
public:
    struct entry {
        deadline until;
        compact_fiber* fiber;
        channel_waiters* list;  // where it waits; null: at no channel
    };

    /// Room for so many in all. Throws `std::bad_alloc`.
    void reserve(std::size_t fibers);

    bool empty() const noexcept { return all_.empty(); }
    entry const& first() const noexcept { return all_.front(); }
    void add(entry const& what) noexcept;
    void remove(compact_fiber& whose) noexcept;
    static bool has(compact_fiber const& whose) noexcept {
        return whose.deadline_ != compact_fiber::none;
    }

private:
    void put(std::size_t place, entry const& what) noexcept;
    void move_up(std::size_t place, entry const& what) noexcept;
    void move_down(std::size_t place, entry const& what) noexcept;

    std::vector<entry> all_;
};

}  // namespace fibercast
