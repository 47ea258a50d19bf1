#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/detail/timeouts.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/runnable.hpp>

#include <boost/intrusive/slist.hpp>

#include <cstddef>

namespace fibercast {

class event_loop;

/// The fibers of a worker that run what is ready, in the order in which it became so. One of them
/// runs many, as long as none of those suspends; then the next takes over, on a stack that is warm.
/// Belongs to the worker.
class FIBERCAST_API runners {
public:
    /// Both must outlive it.
    runners(stack_pool& stacks, event_loop& events) : fibers_(stacks), events_(events) {}

    /// Makes the first fiber, so that there is always one. Throws `std::bad_alloc`.
    void start();

    /// As `runnable::ready`.
    void add(runnable& what) noexcept;

    /// Whether a fiber is there for one more to be run. False: all are suspended, and there is no
    /// memory for another; what becomes ready waits for them.
    bool prepare() noexcept {
        call_one();
        return called_;
    }

    /// How many fibers there are.
    std::size_t size() const noexcept { return fibers_.size(); }

    /// Suspends until all that is ready has been run; then there is no fiber.
    void end() noexcept;

private:
    /// A fiber that has nothing to run.
    struct idle : boost::intrusive::slist_base_hook<> {
        parking_spot spot;
    };

    /// How many of those are kept.
    static constexpr std::size_t most_idle = 16;
    /// What is run before others, and the worker's I/O, have a turn.
    static constexpr unsigned in_a_row = 64;

    /// Calls a fiber again when there was no memory for one.
    class retry final : public timeout {
    public:
        explicit retry(runners& of) noexcept : of_(of) {}

    private:
        void passed() noexcept override;

        runners& of_;
    };

    void serve() noexcept;
    void run_some() noexcept;
    void run(runnable& next) noexcept;
    bool rest() noexcept;
    void call_one() noexcept;

    fiber_group fibers_;
    event_loop& events_;
    boost::intrusive::slist<runnable, boost::intrusive::constant_time_size<false>,
                            boost::intrusive::cache_last<true>>
        ready_;
    boost::intrusive::slist<idle> idle_;
    retry retry_{*this};
    bool called_ = false;  // a fiber is going to look at `ready_`
    bool ended_ = false;
};

}  // namespace fibercast
