#pragma once

#include <fibercast/api.hpp>
#include <fibercast/runtime/detail/inbox.hpp>
#include <fibercast/runtime/detail/outcome.hpp>
#include <fibercast/runtime/one_shot.hpp>

#include <concepts>
#include <exception>
#include <type_traits>

namespace fibercast {

/// A call under way from one thread or fiber to a fiber of a worker. It lies in the caller's frame,
/// and the caller waits for it: so it takes no memory but the fiber's stack. That of a compact fiber
/// lies in the heap, in a `kept_call`.
class FIBERCAST_API remote_call : public task {
public:
    /// After it was put into a worker's inbox. Suspends until the function has returned or thrown.
    void wait() { done_.wait(); }

protected:
    ~remote_call() = default;

    virtual void call() noexcept = 0;
    /// Instead of `call`: there is no fiber for it.
    virtual void fail(std::exception_ptr failure) noexcept = 0;

private:
    void run() noexcept final;

    one_shot done_;
};

template <std::invocable F>
class remote_call_of final : public remote_call {
public:
    using result = std::invoke_result_t<F>;

    explicit remote_call_of(F& function) : function_(function) {}

    /// After `wait`. Returns what the function returned, throws what it threw.
    result take() { return outcome_.take(); }

private:
    void call() noexcept override { outcome_.capture(function_); }
    void fail(std::exception_ptr failure) noexcept override { outcome_.fail(std::move(failure)); }

    F& function_;
    outcome<result> outcome_;
};

}  // namespace fibercast
