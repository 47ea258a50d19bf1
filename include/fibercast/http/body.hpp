#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/body_state.hpp>
#include <fibercast/http/chunk.hpp>
#include <fibercast/http/detail/channel_body.hpp>
#include <fibercast/http/detail/waiting_fiber.hpp>
#include <fibercast/http/output.hpp>
#include <fibercast/runtime/channel.hpp>

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace fibercast {

// A body is anything that can write itself to the output. To make a type of yours one, give its
// namespace a function
//
//     void write_body(your_type& body, fibercast::output& out);
//
// which runs in a fiber, may suspend, and returns when the body has ended or a write was false. If
// the length is known beforehand, add `std::uint64_t body_size(your_type const&)`: the response then
// has a Content-Length and is not chunked.
//
// Such a body has a fiber, and so a page of stack at least, for as long as it lasts. One that mostly
// waits for others, as a hub's client and a channel do, can do without:
//
//     fibercast::body_state write_ready(your_type& body, fibercast::output& out,
//                                       fibercast::runnable& again);
//
// writes what there is and returns. `waits` means that somebody calls `again.ready()` when there is
// more, or when it is over: on this worker (from other threads by a `wake_up`), as often as they like,
// but not when the body is over or gone. So before it waits it calls `out.flush()`, and it watches the
// peer (`close_when_ended`) from its first call to its end. A write or flush that is false ends it.
// Body and output stay where they are until then: who passes on an output of his own keeps it in the
// body. A type with both functions, or with a base that has this one, is written by this one.

FIBERCAST_API void write_body(std::string const& text, output& out);
FIBERCAST_API std::uint64_t body_size(std::string const& text) noexcept;

template <typename T>
concept waiting_body = requires(T& it, output& out, runnable& again) {
    { write_ready(it, out, again) } -> std::same_as<body_state>;
};

/// Writes a body of the second kind in the calling fiber, which waits with it.
template <waiting_body T>
void write_body(T& it, output& out) {
    waiting_fiber self;
    while (write_ready(it, out, self) == body_state::waits) self.wait();
}

/// A shared channel of strings or chunks: whoever else holds it sends, until one side closes it. It
/// is closed when the peer is gone.
template <typename T>
void write_body(std::shared_ptr<channel<T>> const& from, output& out) {
    channel_body<T> it(from);
    write_body(it, out);
}

template <typename T>
concept body = requires(T& it, output& out) {
    write_body(it, out);
};

template <typename T>
concept sized_body = body<T> && requires(T const& it) {
    { body_size(it) } -> std::convertible_to<std::uint64_t>;
};

/// What a body is held as: a channel together with how it is waited for.
template <typename T>
struct held_body {
    using type = T;
};
template <typename T>
struct held_body<std::shared_ptr<channel<T>>> {
    using type = channel_body<T>;
};

/// Holds a body of any type.
class FIBERCAST_API any_body {
public:
    any_body();

    template <typename T>
    requires(body<std::decay_t<T>> && !std::same_as<std::decay_t<T>, any_body>) any_body(T&& it)
        : held_(std::make_unique<holder<typename held_body<std::decay_t<T>>::type>>(
              std::forward<T>(it))) {}
    any_body(char const* text);

    std::optional<std::uint64_t> size() const { return held_->size(); }

private:
    struct interface {
        virtual ~interface() = default;
        virtual body_state write(output& out, runnable& again) = 0;
        virtual std::optional<std::uint64_t> size() const = 0;
    };

    template <typename T>
    struct holder final : interface {
        template <typename U>
        explicit holder(U&& from) : it(std::forward<U>(from)) {}
        body_state write(output& out, runnable& again) override {
            if constexpr (waiting_body<T>) {
                return write_ready(it, out, again);
            } else {
                write_body(it, out);
                return body_state::over;
            }
        }
        std::optional<std::uint64_t> size() const override {
            if constexpr (sized_body<T>) return body_size(it);
            return std::nullopt;
        }
        T it;
    };

    friend body_state write_ready(any_body& it, output& out, runnable& again) {
        return it.held_->write(out, again);
    }

    std::unique_ptr<interface> held_;
};

}  // namespace fibercast
