#pragma once

#include "draft.hpp"
#include "gap.hpp"
#include "history.hpp"
#include "publication.hpp"

#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/one_shot.hpp>
#include <fibercast/runtime/wake_up.hpp>
#include <fibercast/runtime/worker.hpp>

#include <fibercast/sse/event_id.hpp>

#include <boost/intrusive/list.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fibercast {

/// Where a client goes on that comes back.
struct resume_point {
    std::uint64_t number;              ///< Behind this one.
    std::optional<gap_reason> broken;  ///< Why it may have missed something before.
    bool earliest = false;             ///< It begins with all that is kept.
};

/// Every publication of a hub, in the one order of all: until each worker has read it, and in the
/// history as long as that keeps it.
///
/// One mutex guards the order, all positions and the history; it is held for a few instructions, or
/// while a piece of the history is copied, and never while waiting. The places are made beforehand:
/// whatever is numbered reaches every reader, also when there is no memory left.
class sequence {
public:
    /// How far a worker may be behind before publishers have to wait.
    static constexpr std::size_t window = 1024;

    /// One worker's place in a sequence. Belongs to that worker, and to one fiber of it for `read`.
    class reader : public boost::intrusive::list_base_hook<> {
    public:
        /// Closed until `open`.
        reader(sequence& of, worker& home);
        ~reader();
        reader(reader const&) = delete;
        reader& operator=(reader const&) = delete;

        /// Begins to read behind what was published so far: the number of the last of that.
        std::uint64_t open() noexcept;

        /// Says that the caller is through with what it has read, and replaces `batch`, whose capacity
        /// must be `most_at_once`, by what comes next: at most so many, and so many bytes or one
        /// publication. Suspends while that is nothing. False: closed, and nobody waits for it.
        bool read(std::vector<publication>& batch);

        static constexpr std::size_t most_at_once = 256;
        static constexpr std::size_t most_bytes_at_once = 16 * 1024;

        /// Numbers a publication for clients of this worker only, if this reader is through with
        /// everything before: the caller then delivers it before it suspends, and no reader sees it.
        /// 0: something comes before it, so that it must be appended. Before `open`, and once `read`
        /// has returned false, nothing does.
        /// Throws `std::bad_alloc`, and then has not numbered it.
        std::uint64_t number_here(draft& what);

        /// Ends `read`, which has to be called once more, and reads no more. Idempotent.
        void close() noexcept;

    private:
        friend class sequence;

        bool copy_next(std::vector<publication>& batch);
        bool leave() noexcept;

        sequence& log_;
        parking_spot spot_;
        wake_up wake_;
        // From here on guarded by the sequence's mutex.
        std::uint64_t read_ = 0;     // the number of the last publication that was read
        std::uint64_t through_ = 0;  // and of the last that the reader is through with
        bool idle_ = false;          // it waits, or is going to: a wake-up is due
        bool open_ = false;
    };

    explicit sequence(history::bounds const& kept = {});
    sequence(sequence const&) = delete;
    sequence& operator=(sequence const&) = delete;

    /// An event that is going to be appended. Throws `std::bad_alloc`.
    draft begin(event const& what) const;

    /// Any thread or fiber. Gives it the next number, keeps it if it is for more than one client, and
    /// shows it to every reader. Waits while one of them is a whole window behind. Returns the
    /// number; 0: one still was at the deadline, and nothing was published. Throws `std::bad_alloc`,
    /// and then nothing was either.
    std::uint64_t append(publication what, draft& event, deadline until = never);

    /// Any thread or fiber. The same for one client; then waits for what became of it.
    send_result send(client_id to, draft& event, deadline until);

    /// Any thread or fiber. Where a client goes on that has had the event with this id last, or that
    /// wants everything (`subscription::earliest`).
    resume_point resume(std::string_view id) noexcept;

    /// Any thread or fiber. What is kept behind `after`, see `history::read`. Nothing: something that
    /// was there is not kept any more, and `after` becomes the number up to which that is so.
    std::optional<std::uint64_t> read_kept(std::uint64_t& after, std::uint64_t last,
                                           event_filter const& wanted,
                                           std::vector<publication>& to);

    /// Any thread. Forgets what is too old.
    void expire() noexcept;

    /// Whether events carry their places as ids: where a history is kept.
    bool gives_ids() const noexcept { return kept_.on(); }
    event_id id_of(std::uint64_t number) const noexcept { return {epoch_, number}; }

    /// The id of the event with that number: its publisher's own if it is kept, else its place.
    /// Nothing: what follows it is not all kept any more, or there is none. Throws `std::bad_alloc`.
    std::optional<std::string> id_behind(std::uint64_t number);
    /// The same of the last that was kept.
    std::optional<std::string> last_kept_id();

    /// How much is kept: events and their bytes.
    std::pair<std::size_t, std::size_t> kept() noexcept;

    /// Any thread or fiber. Waits until every reader is through with all that was appended before.
    /// False: the deadline has passed.
    bool flush(deadline until);

    /// Any thread. The last number given. Whoever comes now gets what has a higher one.
    std::uint64_t last() const noexcept { return last_.load(std::memory_order_acquire); }

private:
    using lock = std::unique_lock<std::mutex>;

    std::optional<std::string> text_of(std::uint64_t number) const;

    struct waiting : boost::intrusive::list_base_hook<> {
        one_shot change;
    };
    using waiting_list = boost::intrusive::list<waiting>;

    publication& place(std::uint64_t number) noexcept { return places_[number % window]; }
    std::uint64_t next() noexcept { return last_.load(std::memory_order_relaxed) + 1; }
    std::uint64_t room() noexcept { return window - (next() - 1 - forgotten_); }
    bool all_are_through(std::uint64_t number) const noexcept;
    /// How many are going to read what comes next.
    std::size_t readers() const noexcept;
    /// Empties the places that every reader has read.
    void forget() noexcept;
    /// Unlocks, waits until it is woken from that list, locks again. False: the deadline has passed.
    bool wait_in(waiting_list& list, lock& held, deadline until);
    static void wake_first(waiting_list& of) noexcept;
    bool wait_for_room(lock& held, deadline until);
    /// As many of those who wait for room as there is room for: of thousands the others would only
    /// look and wait again.
    void wake_for_room() noexcept;
    /// A reader's state has changed.
    void changed() noexcept;

    event_id::epoch_text const epoch_;
    std::mutex mutex_;
    std::atomic<std::uint64_t> last_ = 0;  // written under the mutex
    std::uint64_t forgotten_ = 0;          // up to this number the places are empty
    std::vector<publication> places_;
    history kept_;
    boost::intrusive::list<reader> readers_;
    waiting_list waiting_for_room_;
    std::uint64_t let_in_ = 0;  // woken for room, and not back yet
    waiting_list flushing_;
};

}  // namespace fibercast
