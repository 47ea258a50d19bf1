#pragma once

#include "support/test_address.hpp"

#include <fibercast/http/output.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

/// An output in memory whose peer takes bytes or does not, as the test says. Belongs to one worker.
class fake_output final : public fibercast::output, public fibercast::peer {
public:
    // Beforehand, for tests in which there is no memory later.
    fake_output() { text_.reserve(8 * 1024); }

    bool write(std::string_view bytes) override {
        wait_for_room();
        if (failed_) return false;
        text_ += bytes;
        changed_.unpark();
        return true;
    }

    bool write(std::span<fibercast::chunk_view const> chunks) override {
        wait_for_room();
        if (failed_) return false;
        for (auto const& each : chunks) text_ += each.payload();
        ++gathered_writes_;
        changed_.unpark();
        if (auto const act = std::exchange(at_next_write_, nullptr)) act();
        return true;
    }

    bool flush() override { return !failed_; }

    void leave_unfinished() noexcept override { unfinished_ = true; }
    bool unfinished() const noexcept { return unfinished_; }

    fibercast::peer& peer() noexcept override { return *this; }

    void close_when_ended(fibercast::closable* target) noexcept override {
        watcher_ = target;
        if (failed_ && watcher_ != nullptr) watcher_->close();
    }

    void abort() noexcept override {
        failed_ = true;
        writer_.unpark();
        changed_.unpark();
    }

    bool draining() const noexcept override { return false; }
    bool stalled() const noexcept override { return writer_.occupied(); }
    std::size_t unsent() const noexcept override { return stalled() ? 1 : 0; }
    std::chrono::microseconds round_trip_time() const noexcept override { return {}; }
    fibercast::socket_address address() const noexcept override { return test_address(); }

    /// The peer's side: it takes nothing more, takes everything again, is gone.
    void block() noexcept { blocked_ = true; }
    void unblock() noexcept {
        blocked_ = false;
        writer_.unpark();
    }
    void end() noexcept {
        if (watcher_ != nullptr) watcher_->close();
        abort();
    }

    /// Calls `act` in the body's fiber when it has written chunks the next time.
    void at_next_write(std::function<void()> act) { at_next_write_ = std::move(act); }

    std::string const& text() const noexcept { return text_; }
    std::size_t gathered_writes() const noexcept { return gathered_writes_; }

    /// Suspends until something was written or the output has failed. False: nothing has happened.
    bool wait_for_change(fibercast::deadline until) { return changed_.park(until); }
    void wake_waiting() noexcept { changed_.unpark(); }

private:
    void wait_for_room() {
        while (blocked_ && !failed_) writer_.park();
    }

    std::string text_;
    std::size_t gathered_writes_ = 0;
    bool blocked_ = false;
    bool failed_ = false;
    bool unfinished_ = false;
    std::function<void()> at_next_write_;
    fibercast::closable* watcher_ = nullptr;
    fibercast::parking_spot writer_;
    fibercast::parking_spot changed_;
};
