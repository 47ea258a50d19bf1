#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/detail/runners.hpp>
#include <fibercast/runtime/detail/shared_stack.hpp>
#include <fibercast/runtime/detail/stack_pool.hpp>
#include <fibercast/runtime/detail/timeouts.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/wake_up.hpp>
#include <fibercast/runtime/worker_handle.hpp>

#include <atomic>
#include <concepts>
#include <functional>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace fibercast {

class event_loop;
class poller;
class side_threads;
class turns;

/// Of the stacks of a worker, in bytes of address space.
struct stack_sizes {
    /// Of a fiber, its 16 KiB of guard pages included.
    std::size_t fiber = default_stack_size;
    /// Of what runs `on_handler_stack`, without its guard pages.
    std::size_t handler = default_handler_stack_size;
};

/// One operating system thread that runs fibers: an event loop, a scheduler, a pool of stacks. A
/// fiber lives and dies on its worker, so what belongs to a worker needs no lock.
class FIBERCAST_API worker {
public:
    /// Starts the thread. `side` runs what is handed to `blocking()`; it must outlive the worker.
    /// Throws `std::system_error` or `std::bad_alloc` when it cannot; then nothing is left.
    worker(unsigned index, stack_sizes const& sizes, side_threads& side);

    /// Stops and joins, if nobody has.
    ~worker();
    worker(worker const&) = delete;
    worker& operator=(worker const&) = delete;

    /// The worker whose thread calls; null on any other thread.
    static worker* current() noexcept;

    unsigned index() const noexcept { return index_; }

    /// What outlives the worker and reaches it, or says that it has stopped.
    worker_handle const& handle() const noexcept { return handle_; }

    /// As of the handle.
    template <typename F>
    bool post(F&& function) {
        return handle_.post(std::forward<F>(function));
    }

    /// As of the handle, for who knows that the worker has not stopped; throws `std::logic_error`
    /// when it has.
    template <std::invocable F>
    auto call(F function) {
        auto answer = handle_.call(std::move(function));
        if (!answer) throw std::logic_error("the worker has stopped");
        if constexpr (!std::is_void_v<std::invoke_result_t<F>>) return std::move(*answer);
    }

    /// The members below belong to the worker's own thread.

    /// Fibers of the worker itself; it joins them before it ends.
    fiber_group& fibers() noexcept { return fibers_; }
    stack_pool& stacks() noexcept { return stacks_; }
    stack_pool& handler_stacks() noexcept { return handler_stacks_; }
    fibercast::shared_stack& shared_stack() noexcept { return shared_stack_; }
    /// What runs a `runnable`, and what waits for a `timeout`.
    fibercast::runners& runners() noexcept { return runners_; }
    fibercast::timeouts& timeouts() noexcept { return timeouts_; }
    fibercast::poller& poller() noexcept;
    fibercast::side_threads& side() noexcept { return side_; }
    /// Any thread.
    fibercast::turns& turns() noexcept;
    /// The event loop, for what is written for Asio. Its handlers must not suspend.
    boost::asio::io_context& io() noexcept;

    /// Calls `function` in a fiber when the worker is told to stop, before it joins its fibers: the
    /// place to end what they wait for. The last registered is called first; what is registered
    /// after that is called soon.
    void at_stop(std::function<void()> function);

    /// An object that belongs to this worker, by its key: see `worker_local`.
    struct local_object {
        void const* key;
        void* object;
        /// Called with both when the last fiber has ended.
        void (*end)(void* key, void* object) noexcept;
    };
    void add_local(local_object const& what);
    void remove_local(void const* key) noexcept;
    /// Null when there is none.
    void* local(void const* key) const noexcept;

    /// Ending takes three steps, so that a pool can take each of them for all its workers before
    /// the next: a worker must not go while the fibers of another may still be waking one of its.
    /// Other threads only, each step once.

    /// Asks the worker to run the functions of `at_stop` and then to wait for its fibers.
    void stop() noexcept;
    /// Blocks until that has happened. The worker still serves `post` and `call`.
    void wait_idle();
    /// Ends the thread.
    void join();

private:
    enum class request {
        none,  ///< Serve.
        stop,  ///< End the fibers.
        exit,  ///< End the thread.
    };

    struct FIBERCAST_HIDDEN start;

    void run(start& started);
    void serve();
    void end_fibers();
    void close();
    void end_own_fibers() noexcept;

    unsigned const index_;
    fibercast::side_threads& side_;
    std::unique_ptr<event_loop> const loop_;
    worker_handle const handle_;
    stack_pool stacks_;
    stack_pool handler_stacks_;
    fibercast::shared_stack shared_stack_;
    fiber_group fibers_;
    fibercast::runners runners_;
    fibercast::timeouts timeouts_;
    std::vector<local_object> locals_;
    std::vector<std::function<void()>> at_stop_;
    bool stopping_ = false;  // `at_stop_` has been taken
    parking_spot main_fiber_;
    std::promise<void> idle_;
    std::atomic<request> asked_ = request::none;
    wake_up asked_again_;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace fibercast
