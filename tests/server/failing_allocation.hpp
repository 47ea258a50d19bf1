#pragma once

#include <cstddef>

/// One of this program's next allocations fails while such an object lives: the n-th, from 1. Those
/// of the thread that holds the object count inside `counted` only, so that a test's own are left
/// alone; those of the others from `count_others` on.
class failing_allocation {
public:
    explicit failing_allocation(std::size_t n);
    ~failing_allocation();
    failing_allocation(failing_allocation const&) = delete;
    failing_allocation& operator=(failing_allocation const&) = delete;

    template <typename F>
    decltype(auto) counted(F&& function) {
        struct now {
            now() { count_mine(true); }
            ~now() { count_mine(false); }
        } const until_return;
        return function();
    }

    /// Not before threads that run fibers have begun: `boost::fibers::context::active` allocates
    /// when it is first called in a thread, and is noexcept.
    void count_others() noexcept;

    /// Whether there have been so many.
    bool happened() const noexcept;

private:
    static void count_mine(bool on) noexcept;
};

/// How many allocations of this program have not been freed.
std::size_t live_allocations() noexcept;
