#pragma once

#include "publication.hpp"

#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/one_shot.hpp>
#include <fibercast/runtime/wake_up.hpp>
#include <fibercast/runtime/worker.hpp>

#include <boost/intrusive/list.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

namespace fibercast {

/// Every publication of a hub, in the one order of all, until each worker has read it.
///
/// One mutex guards the order and all positions; it is held for a few instructions and never while
/// waiting. The places are made beforehand: whatever is numbered reaches every reader, also when
/// there is no memory left.
class history {
public:
    /// How far a worker may be behind before publishers have to wait.
    static constexpr std::size_t window = 1024;

    /// One worker's place in a history. Belongs to that worker, and to one fiber of it for `read`.
    class reader : public boost::intrusive::list_base_hook<> {
    public:
        /// Closed until `open`.
        reader(history& of, worker& home);
        ~reader();
        reader(reader const&) = delete;
        reader& operator=(reader const&) = delete;

        /// Begins to read behind what was published so far.
        void open() noexcept;

        /// Says that the caller is through with what it has read, and replaces `batch`, whose capacity
        /// must be `most_at_once`, by what comes next: at most so many, and so many bytes or one
        /// publication. Suspends while that is nothing. False: closed, and nobody waits for it.
        bool read(std::vector<publication>& batch);

        static constexpr std::size_t most_at_once = 256;
        static constexpr std::size_t most_bytes_at_once = 8 * 1024;

        /// Numbers a publication for clients of this worker only, if this reader is through with
        /// everything before: the caller then delivers it before it suspends, and no reader sees it.
        /// 0: something comes before it, so that it must be appended. Before `open`, and once `read`
        /// has returned false, nothing does.
        std::uint64_t number_here() noexcept;

        /// Ends `read`, which has to be called once more, and reads no more. Idempotent.
        void close() noexcept;

    private:
        friend class history;

        bool copy_next(std::vector<publication>& batch);
        bool leave() noexcept;

        history& log_;
        parking_spot spot_;
        wake_up wake_;
        // From here on guarded by the history's mutex.
        std::uint64_t read_ = 0;     // the number of the last publication that was read
        std::uint64_t through_ = 0;  // and of the last that the reader is through with
        bool idle_ = false;          // it waits, or is going to: a wake-up is due
        bool open_ = false;
    };

    history() : places_(window) {}
    history(history const&) = delete;
    history& operator=(history const&) = delete;

    /// Any thread or fiber. Gives it the next number and shows it to every reader. Waits while one
    /// of them is a whole window behind. Returns the number; 0: one still was at the deadline, and
    /// nothing was published.
    std::uint64_t append(publication what, deadline until = never);

    /// Any thread or fiber. The same for one client; then waits for what became of it.
    send_result send(client_id to, chunk_ptr bytes, deadline until);

    /// Any thread or fiber. Waits until every reader is through with all that was appended before.
    /// False: the deadline has passed.
    bool flush(deadline until);

    /// Any thread. The last number given. Whoever comes now gets what has a higher one.
    std::uint64_t last() const noexcept { return last_.load(std::memory_order_acquire); }

private:
    using lock = std::unique_lock<std::mutex>;

    struct waiting : boost::intrusive::list_base_hook<> {
        one_shot change;
    };

    publication& place(std::uint64_t number) noexcept { return places_[number % window]; }
    std::uint64_t next() noexcept { return last_.load(std::memory_order_relaxed) + 1; }
    bool full() noexcept { return next() - forgotten_ > window; }
    bool all_are_through(std::uint64_t number) const noexcept;
    /// How many are going to read what comes next.
    std::size_t readers() const noexcept;
    /// Empties the places that every reader has read.
    void forget() noexcept;
    /// Unlocks, waits until a reader's state has changed, locks again. False: the deadline has
    /// passed.
    bool wait_for_change(lock& held, deadline until);
    void changed() noexcept;

    std::mutex mutex_;
    std::atomic<std::uint64_t> last_ = 0;  // written under the mutex
    std::uint64_t forgotten_ = 0;          // up to this number the places are empty
    std::vector<publication> places_;
    boost::intrusive::list<reader> readers_;
    boost::intrusive::list<waiting> waiting_;
};

}  // namespace fibercast
