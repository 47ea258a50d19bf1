#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/detail/side_threads.hpp>
#include <fibercast/runtime/detail/stack_pool.hpp>
#include <fibercast/runtime/worker.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace fibercast {

class stall_watch;

/// The workers of a program, and the side threads that `blocking()` uses.
class FIBERCAST_API worker_pool {
public:
    struct options {
        /// 0 means one for each processor this process may use.
        unsigned workers = 0;
        /// Of each fiber, in bytes of address space: memory is what was touched.
        std::size_t stack_size = default_stack_size;
        /// Of a fiber while it runs a handler, or anything else inside `on_handler_stack`.
        std::size_t handler_stack_size = default_handler_stack_size;
        /// How many `blocking()` calls run at once; the rest queue.
        unsigned side_threads = 16;
        /// Counts the times that one fiber kept its worker for more than 100 ms. Must outlive the
        /// pool; null: only the log says so.
        std::atomic<std::uint64_t>* stalls = nullptr;
    };

    /// Starts the threads. Throws `std::system_error` or `std::bad_alloc` when one cannot be
    /// started; then none is left.
    explicit worker_pool(options const& settings);
    worker_pool() : worker_pool(options{}) {}

    /// Stops, if nobody has.
    ~worker_pool();
    worker_pool(worker_pool const&) = delete;
    worker_pool& operator=(worker_pool const&) = delete;

    std::size_t size() const noexcept { return workers_.size(); }
    worker& operator[](std::size_t index) noexcept { return *workers_[index]; }

    /// The addresses of all workers, which may be kept after the pool.
    std::vector<worker_handle> handles() const;

    auto begin() noexcept { return workers_.begin(); }
    auto end() noexcept { return workers_.end(); }

    /// Stops all workers and blocks until their fibers and threads have ended. Not from a worker.
    void stop();

private:
    fibercast::side_threads side_threads_;
    std::vector<std::unique_ptr<worker>> workers_;
    std::unique_ptr<stall_watch> watch_;  // reads what is the workers'
};

}  // namespace fibercast
