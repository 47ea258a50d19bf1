#pragma once

#include <fibercast/api.hpp>
#include <fibercast/http/body_state.hpp>
#include <fibercast/http/detail/write_items.hpp>
#include <fibercast/http/output.hpp>
#include <fibercast/runtime/channel.hpp>
#include <fibercast/runtime/runnable.hpp>
#include <fibercast/runtime/wake_up.hpp>

#include <array>
#include <memory>
#include <span>
#include <utility>

namespace fibercast {

/// Wakes a body that waits at a channel which other threads use, too.
class FIBERCAST_API channel_alarm final : public channel_waiter {
public:
    /// On the worker of the body.
    channel_alarm();

    /// Before the body waits: what is to be made ready. On the same worker.
    void set(runnable& again) noexcept { again_ = &again; }
    /// It does not wait any more.
    void reset() noexcept { again_ = nullptr; }

    void wake() noexcept override { bell_.ring(); }

private:
    void rung() noexcept;

    runnable* again_ = nullptr;
    wake_up bell_;
};

/// A channel as a body, which waits without a fiber.
template <typename T>
class channel_body {
public:
    explicit channel_body(std::shared_ptr<channel<T>> from) noexcept : from_(std::move(from)) {}
    channel_body(channel_body&&) noexcept = default;
    /// Closes the channel, if it was begun: nobody takes anything out of it any more.
    ~channel_body() {
        if (!begun_ || !from_) return;
        if (alarm_) stop_waiting();
        from_->close();
    }

    friend body_state write_ready(channel_body& it, output& out, runnable& again) {
        return it.write(out, again);
    }

private:
    body_state write(output& out, runnable& again) {
        if (alarm_) stop_waiting();
        if (!std::exchange(begun_, true)) out.peer().close_when_ended(from_.get());
        bool waits = false;
        try {
            waits = write_all(out);
        } catch (...) {
            leave(out);
            throw;
        }
        if (!waits) return leave(out), body_state::over;
        alarm_->set(again);
        return body_state::waits;
    }

    void leave(output& out) noexcept {
        out.peer().close_when_ended(nullptr);
        if (alarm_) stop_waiting();
        from_->close();
    }

    void stop_waiting() noexcept {
        from_->stop_waiting(*alarm_);
        alarm_->reset();
    }

    /// True: all was written, and the alarm is set at the channel.
    bool write_all(output& out) {
        for (;;) {
            bool const closed = from_->closed();  // before: what is found now is then the last
            std::array<T, most_items_at_once> items;
            auto const count = from_->try_pop_some(items);
            if (count != 0) {
                if (!write_items(std::span<T const>(items).first(count), out)) return false;
            } else {
                if (closed || !out.flush()) return false;
                if (!alarm_) alarm_ = std::make_unique<channel_alarm>();
                if (from_->wait(*alarm_)) return true;
            }
        }
    }

    std::shared_ptr<channel<T>> from_;
    std::unique_ptr<channel_alarm> alarm_;
    bool begun_ = false;
};

}  // namespace fibercast
