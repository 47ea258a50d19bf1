#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/detail/inbox.hpp>

#include <atomic>
#include <functional>
#include <memory>

namespace fibercast {

class worker;

/// A bell in a worker that any thread may ring: a function that then runs soon in the worker's event
/// loop.
///
/// Ringing takes no memory and cannot fail. Rings coalesce: the function runs at least once after
/// the last of them, and what was written before a ring is visible to it.
class FIBERCAST_API wake_up {
public:
    /// `function` must neither suspend nor throw. `home` may end before this object.
    wake_up(worker& home, std::function<void()> function);

    /// On the home worker's thread, or once that worker has stopped: the function cannot be running
    /// then. Nobody may ring any more.
    ~wake_up();
    wake_up(wake_up const&) = delete;
    wake_up& operator=(wake_up const&) = delete;

    /// Any thread. Does nothing once the worker has stopped.
    void ring() noexcept;

private:
    struct ringing final : task {
        explicit ringing(std::function<void()> f) : function(std::move(f)) {}
        void run() noexcept override;

        std::function<void()> function;
        std::atomic<bool> rung = false;  // and not yet run
    };

    std::shared_ptr<inbox> const inbox_;
    ringing bell_;
};

}  // namespace fibercast
