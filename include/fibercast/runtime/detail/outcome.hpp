#pragma once

#include <fibercast/api.hpp>

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace fibercast {

/// What a function returned or threw on another thread, carried back to who waits for it.
template <typename R>
class outcome {
public:
    template <typename F>
    void capture(F& function) noexcept {
        try {
            if constexpr (std::is_void_v<R>) {
                function();
                value_.emplace();
            } else {
                value_.emplace(function());
            }
        } catch (...) {
            failure_ = std::current_exception();
        }
    }

    /// Instead of a result. `capture` has not been called.
    void fail(std::exception_ptr failure) noexcept { failure_ = std::move(failure); }

    R take() {
        if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
        if constexpr (!std::is_void_v<R>) return std::move(*value_);
    }

private:
    struct nothing {};

    std::optional<std::conditional_t<std::is_void_v<R>, nothing, R>> value_;
    std::exception_ptr failure_;
};

}  // namespace fibercast
