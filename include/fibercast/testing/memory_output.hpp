#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/output.hpp>
#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/socket_address.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace fibercast::testing {

/// Where a body writes to in memory, and the peer that reads it, or not, as the test says. Belongs
/// to one worker. `test_client` has one for each stream; alone it is for tests of bodies.
class FIBERCAST_API memory_output final : public output, public fibercast::peer {
public:
    explicit memory_output(socket_address const& from = {});

    /// What was written, without the framing of HTTP.
    std::string const& text() const noexcept { return text_; }
    /// How often several chunks were written at once.
    std::size_t gathered_writes() const noexcept { return gathered_writes_; }
    bool unfinished() const noexcept { return unfinished_; }

    /// The peer takes nothing more: who writes waits.
    void stop_reading() noexcept { reads_ = false; }
    /// It takes everything again.
    void read_on() noexcept;
    /// It has gone: what watches it is closed, and writes fail.
    void leave() noexcept;

    /// The server drains: what watches the peer is closed, and it still reads.
    void drain() noexcept;

    /// Calls `act` where chunks are written the next time.
    void at_next_write(std::function<void()> act) { at_next_write_ = std::move(act); }

    /// Suspends until something was written or the output has failed. False: nothing has happened.
    bool wait_for_change(deadline until) { return changed_.park(until); }
    /// Who waits for a change looks again.
    void wake_waiting() noexcept { changed_.unpark(); }

    bool write(std::string_view bytes) override;
    bool write(std::span<chunk_view const> chunks) override;
    bool flush() override { return !failed_; }
    void leave_unfinished() noexcept override { unfinished_ = true; }
    fibercast::peer& peer() noexcept override { return *this; }

    socket_address address() const noexcept override { return from_; }
    std::size_t unsent() const noexcept override { return stalled() ? 1 : 0; }
    std::chrono::microseconds round_trip_time() const noexcept override { return {}; }
    bool stalled() const noexcept override { return writer_.occupied(); }
    bool draining() const noexcept override { return draining_; }
    void abort() noexcept override;
    void close_when_ended(closable* target) noexcept override;

private:
    void wait_until_read();

    socket_address const from_;
    std::string text_;
    std::size_t gathered_writes_ = 0;
    bool reads_ = true;
    bool failed_ = false;
    bool draining_ = false;
    bool unfinished_ = false;
    std::function<void()> at_next_write_;
    closable* watcher_ = nullptr;
    parking_spot writer_;
    parking_spot changed_;
};

}  // namespace fibercast::testing
