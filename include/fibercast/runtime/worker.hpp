#pragma once

#include <boost/asio/io_context.hpp>
#include <fibercast/runtime/detail/outcome.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/detail/poller.hpp>
#include <fibercast/runtime/detail/shared_stack.hpp>
#include <fibercast/runtime/detail/stack_pool.hpp>
#include <fibercast/runtime/fiber_group.hpp>
#include <fibercast/runtime/one_shot.hpp>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <concepts>
#include <functional>
#include <future>
#include <thread>
#include <utility>
#include <vector>

namespace fibercast {

/// One operating system thread that runs fibers: an event loop, a scheduler, a pool of stacks. A
/// fiber lives and dies on its worker, so what belongs to a worker needs no lock.
class worker {
public:
    /// Starts the thread. `side_threads` run what is handed to `blocking()`; they must outlive it.
    worker(unsigned index, std::size_t stack_size, boost::asio::thread_pool& side_threads);

    /// Stops and joins, if nobody has.
    ~worker();
    worker(worker const&) = delete;
    worker& operator=(worker const&) = delete;

    /// The worker whose thread calls; null on any other thread.
    static worker* current() noexcept;

    unsigned index() const noexcept { return index_; }

    /// Any thread. Runs `function` soon in the event loop of this worker, in the order of the
    /// calls. It must not suspend and must not throw. Does nothing once the worker has stopped.
    template <typename F>
    void post(F&& function) {
        boost::asio::post(io_, std::forward<F>(function));
    }

    /// Any thread. Runs `function` in a fiber of this worker and waits for its result; an exception
    /// is thrown here. The worker must not be stopped meanwhile.
    template <std::invocable F>
    auto call(F function) {
        if (current() == this) return function();
        outcome<std::invoke_result_t<F>> result;
        one_shot done;
        auto body = [&] {
            result.capture(function);
            done.set();
        };
        post([&] {
            try {
                fibers_.spawn([&body] { body(); });
            } catch (...) {  // no memory for a stack
                result.fail(std::current_exception());
                done.set();
            }
        });
        done.wait();
        return result.take();
    }

    /// The members below belong to the worker's own thread.

    /// Fibers of the worker itself; it joins them before it ends.
    fiber_group& fibers() noexcept { return fibers_; }
    stack_pool& stacks() noexcept { return stacks_; }
    fibercast::shared_stack& shared_stack() noexcept { return shared_stack_; }
    fibercast::poller& poller() noexcept { return poller_; }
    boost::asio::io_context& io() noexcept { return io_; }
    boost::asio::thread_pool& side_threads() noexcept { return side_threads_; }

    /// Calls `function` in a fiber when the worker is told to stop, before it joins its fibers: the
    /// place to end what they wait for. The last registered is called first; what is registered
    /// after that is called soon.
    void at_stop(std::function<void()> function);

    /// Ending takes three steps, so that a pool can take each of them for all its workers before
    /// the next: a worker must not go while the fibers of another may still be waking one of its.
    /// Other threads only, each step once.

    /// Asks the worker to run the functions of `at_stop` and then to wait for its fibers.
    void stop();
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

    void ask(request asked);
    void run();

    unsigned const index_;
    boost::asio::thread_pool& side_threads_;
    boost::asio::io_context io_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    fibercast::poller poller_;
    stack_pool stacks_;
    fibercast::shared_stack shared_stack_;
    fiber_group fibers_;
    std::vector<std::function<void()>> at_stop_;
    request asked_ = request::none;
    parking_spot main_fiber_;
    std::promise<void> idle_;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace fibercast
