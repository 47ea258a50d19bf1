#pragma once

#include <fibercast/http/chunk_view.hpp>
#include <fibercast/http/output.hpp>
#include <fibercast/runtime/detail/stack_pool.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

namespace fibercast {

/// Writes what comes out of a channel, or of what is emptied like one, until it is closed and empty.
/// Chunks that wait go out in one write, strings one by one, and while nothing waits the fiber keeps
/// a single page of stack. Closes the channel when a write fails, so that its senders notice.
template <typename Channel>
class channel_writer {
public:
    channel_writer(Channel& from, output& to) : from_(from), to_(to) {}

    /// Suspends until there was something to write and it was written. Returns the number of items,
    /// or of the events in them; 0 at the end.
    std::size_t write_next() {
        if (from_.empty() && !std::exchange(settled_, true)) {
            if (!to_.flush()) return give_up();
            release_unused_stack();
        }
        std::array<item, most_at_once> batch;
        std::size_t const count = from_.pop_some(batch);
        if (count == 0) return 0;
        auto const items = std::span<item const>(batch).first(count);
        return write(items) ? events_in(items) : give_up();
    }

private:
    using item = typename Channel::value_type;

    static constexpr std::size_t most_at_once = 16;
    static constexpr bool strings = std::convertible_to<item, std::string_view>;

    bool write(std::span<item const> items) {
        if constexpr (strings) {
            return std::all_of(items.begin(), items.end(),
                               [this](std::string_view each) { return to_.write(each); });
        } else {
            if (items.size() > 1) return write_many(items);
            chunk_view const only = items.front()->view();
            return to_.write(std::span(&only, 1));
        }
    }

    /// Apart, so that a fiber that waits has no room for so many on its stack.
    [[gnu::noinline]] bool write_many(std::span<item const> items) {
        std::array<chunk_view, most_at_once> views;
        std::transform(items.begin(), items.end(), views.begin(),
                       [](item const& each) { return each->view(); });
        return to_.write(std::span<chunk_view const>(views).first(items.size()));
    }

    static std::size_t events_in(std::span<item const> items) noexcept {
        if constexpr (requires { items.front()->events(); }) {
            std::size_t sum = 0;
            for (auto const& each : items) sum += each->events();
            return sum;
        } else {
            return items.size();
        }
    }

    std::size_t give_up() noexcept {
        from_.close();
        return 0;
    }

    Channel& from_;
    output& to_;
    // The stack below has been given back; writing does not go that deep again.
    bool settled_ = false;
};

}  // namespace fibercast
