#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/detail/compact_fiber.hpp>
#include <fibercast/runtime/detail/inbox.hpp>
#include <fibercast/runtime/detail/kept_call.hpp>
#include <fibercast/runtime/detail/remote_call.hpp>

#include <concepts>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace fibercast {

/// The address of a worker that may have stopped: outlives it, and says so. Cheap to copy.
class FIBERCAST_API worker_handle {
public:
    /// Of no worker: as of one that has stopped.
    worker_handle() = default;
    explicit worker_handle(std::shared_ptr<fibercast::inbox> of) noexcept : inbox_(std::move(of)) {}

    /// Whether the calling thread is that worker's.
    bool current() const noexcept;

    /// Any thread. Runs `function` soon in the worker's event loop, in the order of the calls. It
    /// must not suspend and must not throw. False: the worker has stopped, and nothing runs. Throws
    /// `std::bad_alloc`; what must not fail rings a `wake_up`.
    template <typename F>
    bool post(F&& function) const {
        return inbox_ != nullptr && inbox_->post(std::forward<F>(function));
    }

    /// Any thread. Runs `function` in a fiber of the worker and suspends until it has ended. Nothing
    /// (for a function that returns nothing: false) when the worker has stopped. Throws what the
    /// function throws, and `std::bad_alloc` when there is no memory for its fiber.
    ///
    /// Takes no deadline: the function may use what is in the caller's frame, so that frame cannot
    /// go before it. Give the deadline to what the function waits for. The function of a compact
    /// fiber is moved to the heap, and must not refer to its frames.
    template <std::invocable F>
    auto call(F function) const {
        using result = std::invoke_result_t<F>;
        if (current()) {
            if constexpr (std::is_void_v<result>) {
                return function(), true;
            } else {
                return std::optional<result>(function());
            }
        }
        if (compact_fiber::current() != nullptr) {
            using kept = kept_call<F, remote_call_of<F>>;
            return make(std::make_unique<kept>(std::move(function))->call);
        }
        remote_call_of<F> here(function);
        return make(here);
    }

    /// Begins a call that is waited for later. False: the worker has stopped.
    bool start(remote_call& call) const noexcept { return inbox_ != nullptr && inbox_->push(call); }

    std::shared_ptr<fibercast::inbox> const& inbox() const noexcept { return inbox_; }

    friend bool operator==(worker_handle const&, worker_handle const&) = default;

private:
    template <typename F>
    auto make(remote_call_of<F>& call) const {
        using result = std::invoke_result_t<F>;
        bool const started = start(call);
        if (started) call.wait();
        if constexpr (std::is_void_v<result>) {
            if (started) call.take();
            return started;
        } else {
            return started ? std::optional<result>(call.take()) : std::optional<result>();
        }
    }

    std::shared_ptr<fibercast::inbox> inbox_;  // null: of no worker
};

}  // namespace fibercast
