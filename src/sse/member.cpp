#include "member.hpp"

#include <fibercast/http/peer.hpp>
#include <fibercast/runtime/log.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>

#include <fmt/format.h>
#include <spdlog/logger.h>

#include <algorithm>
#include <new>
#include <utility>

namespace fibercast {
namespace {

double seconds(std::chrono::duration<double> span) noexcept { return span.count(); }

}  // namespace

member::member(membership& among, client_id id, std::uint64_t number, std::uint32_t capacity,
               overflow policy, std::unique_ptr<member_terms> terms)
    : outbox_(capacity, policy),
      had_(number),
      among_(&among),
      id_(id),
      joined_(clock::now()),
      last_event_(joined_),
      terms_(std::move(terms)) {
    among.members.add(*this);
    among.by_id.add(*this);
    if (terms_) terms_->begin(*this);
    among.population.fetch_add(1, std::memory_order_relaxed);
    among.counts.joined.add(1);
    log().debug("client {} joins", id_);
}

void member::resume(resume_point const& from) noexcept {
    from_earliest_ = from.earliest || from.broken;
    if (tells_of_gaps()) broken_ = from.broken;
    among_->counts.resumed.add(1);
    if (from.number < had_) fall_behind(from.number);
    had_ = from.number;
}

std::optional<std::string> member::begins_behind() const {
    if (from_earliest_) return std::nullopt;
    return among_->kept.id_behind(had_);
}

void member::fall_behind(std::uint64_t at) noexcept {
    had_ = at;
    if (!std::exchange(behind_, true)) among_->counts.behind.add(1);
}

bool member::deliver(batch& from, clock::time_point now) {
    if (had_ >= from.last()) return false;
    if (behind_) return true;
    auto const before = std::exchange(had_, from.last());
    auto const& what = from.behind(before);
    if (!what) {
        cut(end_reason::failed);  // no memory for what it has not had
        return false;
    }
    switch (put(what, never)) {
    case put_result::taken: last_event_ = now; break;
    case put_result::behind:
        if (!connected()) break;
        among_->counts.fell_behind.add(1);
        // Whatever came before the batch was not for it, or it has had that: who is live has.
        fall_behind(std::max(before, from.first() - 1));
        break;
    default: break;
    }
    return true;
}

bool member::deliver_private(batch& from, topic_set const& about, clock::time_point now) {
    return had_ < from.last() && terms_ && terms_->may_read(about) && deliver(from, now);
}

send_result member::send(delivery_ptr const& what, std::uint64_t number, deadline until) {
    if (number <= had_) return send_result::gone;  // nobody had the id yet when it was published
    if (!behind_) had_ = number;
    // Who has no stream yet is not slow when it is sent to: the sender hears of it.
    if (would_wait_for_itself()) return send_result::timed_out;
    switch (put(what, until)) {
    case put_result::taken: last_event_ = clock::now(); return send_result::taken;
    case put_result::behind:  // the history has nothing that is for one client alone
        outbox_.drop(*what);
        among_->counts.dropped.add(1);
        return send_result::dropped;
    case put_result::dropped: return send_result::dropped;
    case put_result::timed_out: return send_result::timed_out;
    case put_result::closed:
    case put_result::unsaid:
    case put_result::too_slow: break;
    }
    return send_result::gone;
}

put_result member::put(delivery_ptr const& what, deadline until) {
    return outbox_.has_room() ? outbox_.try_put(what) : put_with_care(what, until);
}

put_result member::put_with_care(delivery_ptr const& what, deadline until) {
    boost::intrusive_ptr<member> const alive(this);  // it may leave while we are suspended
    auto const dropped = outbox_.dropped();
    auto const now = out_ == nullptr ? emptying::not_begun
                     : stalled()     ? emptying::stalled
                                     : emptying::ready;
    auto result = outbox_.put(what, now, until);
    // What else it would get would hide from it that something is missing.
    bool const lost = result == put_result::unsaid || outbox_.dropped() != dropped;
    if (lost && !tells_of_gaps()) result = put_result::too_slow;
    if (result == put_result::unsaid) result = tell_and_put(what);
    among_->counts.dropped.add(outbox_.dropped() - dropped);
    if (result == put_result::too_slow) cut(end_reason::slow);
    return result;
}

/// Without the memory to tell of the loss, it grows by one more.
put_result member::tell_and_put(delivery_ptr const& what) noexcept {
    auto const lost = outbox_.take_loss();
    try {
        outbox_.put(told(lost), what);
        return put_result::taken;
    } catch (std::bad_alloc const&) {
        outbox_.lost_again(lost);
        outbox_.drop(*what);
        return put_result::dropped;
    }
}

delivery_ptr member::told(loss const& what) const {
    auto made = among_->kept.gap(gap_reason::dropped, what.events, what.after);
    among_->counts.gaps.add(1);
    return made;
}

void member::prefetch() const noexcept {
    constexpr std::size_t cache_line = 64;
    auto const* const self = reinterpret_cast<char const*>(this);
    for (std::size_t offset = 0; offset < sizeof(member); offset += cache_line)
        __builtin_prefetch(self + offset, 1);
}

bool member::keep_alive(delivery_ptr const& comment, clock::time_point now, clock::duration span) {
    if (out_ == nullptr || now - last_event_ < span || !outbox_.empty() || behind_ || stalled())
        return false;
    last_event_ = now;
    return outbox_.try_put(comment) == put_result::taken;
}

void member::watch(std::shared_ptr<client_tap> to, delivery_ptr const& comment) {
    among_->watched.add(*this, std::move(to));
    watched_ = true;
    if (out_ == nullptr || !outbox_.empty()) return;  // it comes round by itself
    if (outbox_.try_put(comment) == put_result::taken) among_->counts.heartbeats.add(1);
}

void member::close() noexcept {
    bool const draining = out_ != nullptr && out_->peer().draining();
    end(draining ? end_reason::drained : end_reason::peer);
}

void member::end(end_reason why) noexcept {
    outbox_.close();
    if (!connected()) return;
    ended_by_ = why;
    among_->members.remove(*this);
    among_->by_id.remove(*this);
    if (terms_) terms_->leave();
    if (behind_) among_->counts.behind.subtract(1);
    among_->population.fetch_sub(1, std::memory_order_relaxed);
    among_->counts.ended[static_cast<std::size_t>(why)].add(1);
    if (watched_ && out_ == nullptr) among_->watched.end(*this);
    log_end(why);
    if (terms_) terms_->tell(why);  // last: whoever hears of it may do anything with the hub
}

void member::cut(end_reason why) noexcept {
    end(why);
    if (out_ != nullptr) out_->peer().abort();
}

bool member::expire() noexcept {
    bool const polite = connected() && !stalled();
    polite ? end(end_reason::expired) : cut(end_reason::expired);
    return out_ == nullptr ? outbox_.empty() : !polite;
}

void member::when_ended(std::function<void(end_reason)> tell) {
    if (!connected()) return tell(ended_by_);
    if (!terms_)
        terms_ = std::make_unique<member_terms>(subscription{}, among_->topics, among_->windows);
    terms_->when_ended(std::move(tell));
}

void member::relieve() noexcept {
    if (outbox_.policy() != overflow::catch_up) return cut(end_reason::slow);
    auto const dropped = outbox_.dropped();
    auto const before = outbox_.leave_to_history();
    among_->counts.dropped.add(outbox_.dropped() - dropped);
    if (!before) return;
    if (!behind_) among_->counts.fell_behind.add(1);
    fall_behind(*before);  // what was taken out is read again, also by who was behind already
}

void member::send_off(std::chrono::milliseconds come_back) noexcept {
    try {
        auto const retry = fmt::format("retry: {}\n\n", come_back.count());
        outbox_.try_put(delivery::of(chunk::make(retry), among_->counts.held_bytes));
    } catch (std::bad_alloc const&) {  // then it comes back when it likes
    }
    end(end_reason::drained);
}

void member::log_end(end_reason why) const noexcept {
    if (!log().should_log(spdlog::level::debug)) return;
    try {
        auto const it = info();
        // `:?` escapes: what names a peer may be the peer's own words, behind a proxy.
        log().debug("client {} of {:?} ends: {}, after {} events and {:.3f} s, {} more queued", id_,
                    it.peer, name_of(why), it.sent, seconds(it.connected), it.queued);
    } catch (std::exception const&) {  // no memory to say so
    }
}

bool member::stalled() const noexcept { return out_ != nullptr && out_->peer().stalled(); }

client_info member::info() const {
    client_info info;
    info.id = id_;
    info.peer = out_ != nullptr ? out_->peer().address().text() : "-";
    info.connected = clock::now() - joined_;
    info.sent = sent_;
    info.dropped = outbox_.dropped();
    info.queued = outbox_.events();
    info.queued_bytes = outbox_.bytes();
    info.unsent = out_ != nullptr ? out_->peer().unsent() : 0;
    if (out_ != nullptr) info.round_trip_time = out_->peer().round_trip_time();
    info.stalled = stalled();
    info.behind = behind_;
    if (terms_) info.topics = terms_->topics().texts();
    return info;
}

}  // namespace fibercast
