#pragma once

#include <fibercast/http/chunk.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/one_shot.hpp>
#include <fibercast/runtime/worker.hpp>

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <vector>

namespace fibercast {

/// Hands every broadcast to each worker, in one order for all of them.
///
/// A worker opens a lane; whatever is posted from then on comes out of it. One mutex guards all
/// lanes, which is what makes the order common; it is held for a few instructions and never while
/// waiting.
class mailroom {
public:
    /// How many broadcasts a worker may be behind before broadcasters have to wait.
    static constexpr std::size_t lane_capacity = 1024;

    /// One worker's end. Used by its worker only, and by one fiber for `take`.
    class lane {
    public:
        lane(mailroom& room, worker& home);
        ~lane();
        lane(lane const&) = delete;
        lane& operator=(lane const&) = delete;

        /// Replaces `batch` by all that has come; suspends while that is nothing. False: closed.
        bool take(std::vector<chunk_ptr>& batch);

        /// Ends `take`, and takes no more. Idempotent.
        void close();

    private:
        friend class mailroom;

        mailroom& room_;
        worker& home_;
        parking_spot consumer_;
        std::vector<chunk_ptr> waiting_;  // from here on guarded by the room's mutex
        std::uint64_t taken_ = 0;       // the number of the last broadcast that `take` has returned
        std::uint64_t dealt_with_ = 0;  // and of the last that the consumer is through with
        bool idle_ = false;             // the consumer waits
        bool closed_ = false;
    };

    mailroom() = default;
    mailroom(mailroom const&) = delete;
    mailroom& operator=(mailroom const&) = delete;

    /// Any thread or fiber. Waits while a lane is full. False: it still was at the deadline, and
    /// nothing was posted.
    bool post(chunk_ptr const& what, deadline until = never);

    /// Any thread or fiber. Waits until everything posted before has been taken and dealt with.
    /// False: the deadline has passed.
    bool flush(deadline until);

private:
    using lock = std::unique_lock<std::mutex>;

    bool full() const noexcept;
    bool all_dealt_with(std::uint64_t number) const noexcept;
    /// Unlocks, waits until a lane's state has changed, locks again. False: the deadline has
    /// passed.
    bool wait_for_change(lock& held, deadline until);
    void changed();

    std::mutex mutex_;
    std::uint64_t posted_ = 0;  // broadcasts are numbered, from 1
    std::vector<lane*> lanes_;
    std::list<one_shot*> waiters_;
};

}  // namespace fibercast
