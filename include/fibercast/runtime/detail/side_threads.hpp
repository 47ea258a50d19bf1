#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/detail/inbox.hpp>

#include <boost/intrusive/list.hpp>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace fibercast {

/// Threads beside the workers, for what would block one. See `blocking()`.
class FIBERCAST_API side_threads {
public:
    /// Throws `std::system_error` when one cannot be started; then none is left.
    explicit side_threads(unsigned count);

    /// Runs what still waits, then ends the threads.
    ~side_threads();
    side_threads(side_threads const&) = delete;
    side_threads& operator=(side_threads const&) = delete;

    /// Any thread. Runs `what`, which must live until then, when it is its turn. Takes no memory.
    void run(task& what) noexcept;

    /// Runs what still waits and ends the threads; nothing may come any more. Idempotent.
    void join() noexcept;

private:
    void work() noexcept;

    std::mutex mutex_;
    std::condition_variable changed_;
    boost::intrusive::list<task> waiting_;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace fibercast
