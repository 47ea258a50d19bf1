#pragma once

#include <fibercast/http/chunk.hpp>
#include <fibercast/http/detail/channel_writer.hpp>
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
// which runs in the connection's fiber, may suspend, and returns when the body has ended or a write
// was false. If the length is known beforehand, add `std::uint64_t body_size(your_type const&)`:
// the response then has a Content-Length and is not chunked.

void write_body(std::string const& text, output& out);
std::uint64_t body_size(std::string const& text) noexcept;

/// A shared channel of strings or chunks: whoever else holds it sends, until one side closes it. It
/// is closed when the peer is gone.
template <typename T>
void write_body(std::shared_ptr<channel<T>> const& from, output& out) {
    close_watch const watch(out.peer(), *from);
    channel_writer drain(*from, out);
    while (drain.write_next() != 0) {
    }
}

template <typename T>
concept body = requires(T& it, output& out) {
    write_body(it, out);
};

template <typename T>
concept sized_body = body<T> && requires(T const& it) {
    { body_size(it) } -> std::convertible_to<std::uint64_t>;
};

/// Holds a body of any type.
class any_body {
public:
    any_body();

    template <typename T>
    requires(body<std::decay_t<T>> && !std::same_as<std::decay_t<T>, any_body>) any_body(T&& it)
        : held_(std::make_unique<holder<std::decay_t<T>>>(std::forward<T>(it))) {}
    any_body(char const* text);

    void write(output& out) { held_->write(out); }
    std::optional<std::uint64_t> size() const { return held_->size(); }

private:
    struct interface {
        virtual ~interface() = default;
        virtual void write(output& out) = 0;
        virtual std::optional<std::uint64_t> size() const = 0;
    };

    template <typename T>
    struct holder final : interface {
        template <typename U>
        explicit holder(U&& from) : it(std::forward<U>(from)) {}
        void write(output& out) override { write_body(it, out); }
        std::optional<std::uint64_t> size() const override {
            if constexpr (sized_body<T>) return body_size(it);
            return std::nullopt;
        }
        T it;
    };

    std::unique_ptr<interface> held_;
};

}  // namespace fibercast
