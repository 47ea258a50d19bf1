#include "member.hpp"

#include <fibercast/http/detail/channel_writer.hpp>
#include <fibercast/http/peer.hpp>
#include <fibercast/runtime/log.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>

#include <fmt/format.h>
#include <spdlog/logger.h>

namespace fibercast {
namespace {

double seconds(std::chrono::duration<double> span) noexcept { return span.count(); }

}  // namespace

/// Runs its stream. At the end the client has failed, unless something else has ended it: the last
/// write was not taken, or it threw.
class member::streaming {
public:
    streaming(member& of, output& to) noexcept : of_(of) { of_.out_ = &to; }
    ~streaming() {
        of_.end(end_reason::failed);
        of_.fiber_ = {};
        of_.out_ = nullptr;
    }
    streaming(streaming const&) = delete;
    streaming& operator=(streaming const&) = delete;

private:
    member& of_;
};

member::member(membership& among, client_id id, std::uint64_t number, hub_options const& settings)
    : outbox_(static_cast<std::uint32_t>(settings.channel_capacity), settings.overflow),
      had_(number),
      among_(&among),
      id_(id),
      joined_(clock::now()),
      last_event_(joined_) {
    among.members.add(*this);
    among.population.fetch_add(1, std::memory_order_relaxed);
    among.counts.joined.add(1);
    log().debug("client {} joins", id_);
}

void member::deliver(batch& from, clock::time_point now) {
    if (had_ >= from.last()) return;
    auto const& what = from.behind(std::exchange(had_, from.last()));
    if (!what) return cut(end_reason::failed);  // no memory for what it has not had
    if (put(what, never) == put_result::taken) last_event_ = now;
}

send_result member::send(delivery_ptr const& what, std::uint64_t number, deadline until) {
    if (number <= had_) return send_result::gone;  // nobody had the id yet when it was published
    had_ = number;
    // Who has no stream yet is not slow when it is sent to: the sender hears of it.
    if (would_wait_for_itself()) return send_result::timed_out;
    switch (put(what, until)) {
    case put_result::taken: last_event_ = clock::now(); return send_result::taken;
    case put_result::dropped: return send_result::dropped;
    case put_result::timed_out: return send_result::timed_out;
    case put_result::closed:
    case put_result::too_slow: break;
    }
    return send_result::gone;
}

put_result member::put(delivery_ptr const& what, deadline until) {
    return outbox_.full() ? put_into_full(what, until) : outbox_.try_put(what);
}

put_result member::put_into_full(delivery_ptr const& what, deadline until) {
    boost::intrusive_ptr<member> const alive(this);  // it may leave while we are suspended
    auto const dropped = outbox_.dropped();
    auto const now = out_ == nullptr ? emptying::never
                     : stalled()     ? emptying::stalled
                                     : emptying::ready;
    auto const result = outbox_.put(what, now, until);
    among_->counts.dropped.add(outbox_.dropped() - dropped);
    if (result == put_result::too_slow) cut(end_reason::slow);
    return result;
}

void member::prefetch() const noexcept {
    constexpr std::size_t cache_line = 64;
    auto const* const self = reinterpret_cast<char const*>(this);
    for (std::size_t offset = 0; offset < sizeof(member); offset += cache_line)
        __builtin_prefetch(self + offset, 1);
}

bool member::keep_alive(delivery_ptr const& comment, clock::time_point now, clock::duration span) {
    if (out_ == nullptr || now - last_event_ < span || !outbox_.empty() || stalled()) return false;
    last_event_ = now;
    return outbox_.try_put(comment) == put_result::taken;
}

void member::write_to(output& out) {
    streaming const now(*this, out);
    close_watch const watch(out.peer(), *this);
    channel_writer writer(outbox_, out);
    fiber_ = fiber_footprint::here();
    while (auto const events = writer.write_next()) {
        sent_ += events;
        among_->counts.sent.add(events);
    }
}

void member::close() noexcept {
    bool const draining = out_ != nullptr && out_->peer().draining();
    end(draining ? end_reason::drained : end_reason::peer);
}

void member::end(end_reason why) noexcept {
    outbox_.close();
    if (!connected()) return;
    among_->members.remove(*this);
    among_->population.fetch_sub(1, std::memory_order_relaxed);
    among_->counts.ended[static_cast<std::size_t>(why)].add(1);
    log_end(why);
}

void member::cut(end_reason why) noexcept {
    end(why);
    if (out_ != nullptr) out_->peer().abort();
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
    info.stalled = stalled();
    return info;
}

}  // namespace fibercast
