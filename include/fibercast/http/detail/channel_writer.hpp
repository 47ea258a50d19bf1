#pragma once

#include <fibercast/http/chunk.hpp>
#include <fibercast/http/output.hpp>
#include <fibercast/runtime/channel.hpp>
#include <fibercast/runtime/detail/stack_pool.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

namespace fibercast {

/// Writes what comes out of a channel until it is closed and empty. Chunks that wait go out in one
/// write, strings one by one, and while nothing waits the fiber keeps a single page of stack.
/// Closes the channel when the peer is gone, so that its senders notice.
template <typename T>
class channel_writer {
public:
    channel_writer(channel<T>& from, output& to) : from_(from), to_(to) {}

    /// Suspends until there was something to write and it was written. Returns the number of items,
    /// or of the parts of chunks; 0 at the end.
    std::size_t write_next() {
        if (from_.empty() && !std::exchange(settled_, true)) {
            if (!to_.flush()) return give_up();
            release_unused_stack();
        }
        std::array<T, most_at_once> batch;
        std::size_t const count = from_.pop_some(batch);
        if (count == 0) return 0;
        auto const items = std::span<T const>(batch).first(count);
        return write(items) ? parts_of(items) : give_up();
    }

private:
    static constexpr std::size_t most_at_once = 16;

    bool write(std::span<chunk_ptr const> chunks) {
        if (chunks.size() > 1) return write_many(chunks);
        chunk_view const only = chunks.front()->view();
        return to_.write(std::span(&only, 1));
    }

    /// Apart, so that a fiber that waits has no room for so many on its stack.
    [[gnu::noinline]] bool write_many(std::span<chunk_ptr const> chunks) {
        std::array<chunk_view, most_at_once> views;
        std::transform(chunks.begin(), chunks.end(), views.begin(),
                       [](chunk_ptr const& each) { return each->view(); });
        return to_.write(std::span<chunk_view const>(views).first(chunks.size()));
    }

    bool write(std::span<std::string const> texts) {
        for (auto const& each : texts) {
            if (!to_.write(each)) return false;
        }
        return true;
    }

    static std::size_t parts_of(std::span<chunk_ptr const> chunks) noexcept {
        std::size_t sum = 0;
        for (auto const& each : chunks) sum += each->parts();
        return sum;
    }
    static std::size_t parts_of(std::span<std::string const> texts) noexcept {
        return texts.size();
    }

    std::size_t give_up() noexcept {
        from_.close();
        return 0;
    }

    channel<T>& from_;
    output& to_;
    bool settled_ =
        false;  // the stack below has been given back; writing does not go that deep again
};

}  // namespace fibercast
