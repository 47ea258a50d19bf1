#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/wait_for.hpp>
#include <fibercast/runtime/worker_handle.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <span>
#include <vector>

namespace fibercast {

/// How many fibers there are, by what they wait for. The main fibers of the workers do not count. Of
/// compact ones it is not known how long they wait.
class FIBERCAST_API fiber_census {
public:
    struct group {
        std::size_t fibers = 0;
        std::chrono::milliseconds longest{};  ///< So long one of them has waited.
    };

    group const& of(wait_for what) const noexcept { return groups_[index(what)]; }
    std::size_t compact(wait_for what) const noexcept { return compact_[index(what)]; }

    void add(wait_for what, std::chrono::milliseconds since) noexcept;
    void add_compact(wait_for what, std::size_t fibers) noexcept {
        compact_[index(what)] += fibers;
    }
    void add(fiber_census const& other) noexcept;

    /// Of the calling worker. Takes about 50 ns for each fiber, and suspends nowhere.
    static fiber_census here() noexcept;

private:
    static std::size_t index(wait_for what) noexcept { return static_cast<std::size_t>(what); }

    std::array<group, wait_for_count> groups_{};
    std::array<std::size_t, wait_for_count> compact_{};
};

struct fibers_of_workers {
    fiber_census all;
    std::vector<std::size_t> silent;  ///< Which workers have not answered: something blocks them.
};

/// Counts the fibers of all these workers, of those that have not stopped. Waits for their answers
/// until the deadline. On a thread that is no worker. Throws `std::bad_alloc`.
FIBERCAST_API fibers_of_workers count_fibers(std::span<worker_handle const> homes, deadline until);

}  // namespace fibercast
