#pragma once

#include <fibercast/api.hpp>

#include <boost/intrusive/list.hpp>

#include <concepts>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>

namespace fibercast {

class doorbell;

/// Something to run once in a worker's event loop. It is its own place in the queue, so that
/// queueing takes no memory and cannot fail.
class FIBERCAST_API task : public boost::intrusive::list_base_hook<> {
public:
    /// Must not suspend. May destroy the task.
    virtual void run() noexcept = 0;

protected:
    ~task() = default;
};

/// What other threads want run on a worker, in the order they asked. It outlives its worker: once
/// that has stopped, it takes nothing more and says so.
class FIBERCAST_API inbox {
public:
    /// Rings `bell` whenever there is something to run; it must live until `close`.
    explicit inbox(doorbell& bell) : bell_(&bell) {}
    inbox(inbox const&) = delete;
    inbox& operator=(inbox const&) = delete;

    /// Any thread. The task must live until it has run or was removed. False: the worker has
    /// stopped, and it will not run.
    bool push(task& what) noexcept;

    /// Runs a copy of `function` as a task of its own. Throws `std::bad_alloc`.
    template <typename F>
    bool post(F&& function) {
        auto what = std::make_unique<posted<std::decay_t<F>>>(std::forward<F>(function));
        if (!push(*what)) return false;
        static_cast<void>(what.release());
        return true;
    }

    /// Takes a task back if it is still waiting.
    void remove(task& what) noexcept;

    /// The worker's thread, when the bell has rung. One task at a time, so that the event loop
    /// counts them.
    void run_next() noexcept;

    /// The worker's thread. False, and still open, when something waits to be run.
    bool close_if_empty() noexcept;

private:
    template <typename F>
    struct posted final : task {
        explicit posted(F const& from) : function(from) {}
        explicit posted(F&& from) : function(std::move(from)) {}

        void run() noexcept override {
            std::unique_ptr<posted> const gone(this);
            function();
        }

        F function;
    };

    std::mutex mutex_;
    boost::intrusive::list<task> waiting_;
    doorbell* bell_;  // null: closed
};

}  // namespace fibercast
