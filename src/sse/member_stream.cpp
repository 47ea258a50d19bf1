#include "member.hpp"

#include <fibercast/http/detail/write_items.hpp>
#include <fibercast/http/peer.hpp>
#include <fibercast/runtime/sleep.hpp>

#include <boost/container/static_vector.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

// How a member's stream writes what there is for it.

namespace fibercast {

body_state member::write_ready(output& out, runnable& again) {
    if (out_ == nullptr) begin(out);
    bool waits = false;
    try {
        waits = write_all(again);
    } catch (...) {
        finish(end_reason::failed);
        throw;
    }
    if (waits) return body_state::waits;
    finish(end_reason::failed);
    return body_state::over;
}

void member::begin(output& out) noexcept {
    out_ = &out;
    out.peer().close_when_ended(this);
}

/// `why`, unless something else has ended the client before: a last write that was not taken, or that
/// threw, is a failure.
void member::finish(end_reason why) noexcept {
    outbox_.stop_waiting();  // first: whoever it would wake is at the end
    end(why);
    if (out_ == nullptr) return;
    if (watched_) among_->watched.end(*this);
    if (comes_back_after(ended_by_)) out_->leave_unfinished();
    out_->peer().close_when_ended(nullptr);
    out_ = nullptr;
}

/// True: there is nothing more to write now, and `again` is told when there is.
bool member::write_all(runnable& again) {
    for (;;) {
        auto const now = as_usual() ? write_queued() : write_with_care();
        if (now == progress::failed) return false;
        if (now == progress::made) continue;
        if (outbox_.closed()) {
            close_encoding();
            return false;
        }
        if (!opened() || !out_->flush()) return false;
        if (outbox_.wait(again)) return true;
    }
}

/// False: the comment that opens the stream was not taken.
bool member::opened() {
    bool const silent = std::exchange(to_open_, false) && sent_ == 0;
    if (!silent) return true;
    auto const comment = membership::comment(among_->counts.held_bytes);
    return write(std::span(&comment, 1));
}

/// Who is to see the stream as the whole decodes it to its end.
void member::close_encoding() {
    auto const* const by = encoding();
    if (by != nullptr && !comes_back_after(ended_by_))
        static_cast<void>(out_->write(by->closing()));
}

bool member::write(std::span<delivery_ptr const> items) {
    auto* const by = encoding();
    return by == nullptr ? write_items(items, *out_) : write_encoded(items, *by);
}

bool member::write_encoded(std::span<delivery_ptr const> items, encoded_stream& by) {
    boost::container::static_vector<chunk_view, 2 * most_items_at_once> views;
    for (auto const& each : items) {
        auto const made = each->encoded_for(by, among_->counts);
        views.insert(views.end(), made.all.begin(), made.all.begin() + made.count);
    }
    return out_->write(views);
}

member::progress member::write_queued() {
    std::array<delivery_ptr, most_items_at_once> queued;
    auto const items = std::span<delivery_ptr const>(queued).first(outbox_.pop_some(queued));
    if (items.empty()) return progress::none;
    if (!write(items)) return progress::failed;
    std::uint64_t events = 0;
    for (auto const& each : items) events += each->events();
    written(events);
    return progress::made;
}

/// Writes what comes before the outbox's own: what the history has for who is behind, and what a
/// policy has thrown away. Then the member is live, with no suspension after the last look: nothing
/// can lie in between. Of who is watched it writes everything.
member::progress member::write_with_care() {
    if (watched_) among_->watched.begin(*this);
    auto const before = had_;
    if (auto const next = next_to_write()) {
        if (!write(std::span(&next, 1))) return progress::failed;
        written(next->events());
        if (watched_) watched_ = among_->watched.show(*this, *next);
        return progress::made;
    }
    if (as_usual()) return progress::made;
    if (had_ == before) return progress::none;
    yield();  // many events that are not for it: others have a turn
    return progress::made;
}

/// Null: nothing now; `had_` may have advanced, and the member may be live.
delivery_ptr member::next_to_write() {
    if (broken_) {
        among_->counts.gaps.add(1);
        return among_->kept.gap(*std::exchange(broken_, std::nullopt), std::nullopt, std::nullopt);
    }
    if (outbox_.unsaid_in_front()) return told(outbox_.take_loss());
    auto const* const front = outbox_.front();
    if (front != nullptr && (!behind_ || front->last() <= had_)) return outbox_.pop();
    if (!behind_) return nullptr;
    if (outbox_.closed()) return nullptr;  // what it did not get it reads when it comes back
    if (had_ < (front != nullptr ? front->first() - 1 : among_->reached)) return next_kept();
    if (front == nullptr) {
        behind_ = false;
        among_->counts.behind.subtract(1);
        return nullptr;
    }
    had_ = front->last();
    return outbox_.pop();
}

delivery_ptr member::next_kept() {
    auto const* const front = outbox_.front();
    auto const last = front != nullptr ? front->first() - 1 : among_->reached;
    auto next = among_->kept.next(had_, last, terms_.get());
    had_ = std::max(had_, next.through);
    if (next.gap && !tells_of_gaps()) {
        // With all that is kept nothing is missing that it was promised.
        if (!from_earliest_ || sent_ != 0) end(end_reason::slow);
        return nullptr;
    }
    if (next.gap) {
        among_->counts.gaps.add(1);
    } else if (next.what) {
        among_->counts.replayed.add(next.what->events());
    }
    return std::move(next.what);
}

void member::written(std::uint64_t events) noexcept {
    sent_ += events;
    among_->counts.sent.add(events);
}

}  // namespace fibercast
