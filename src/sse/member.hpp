#pragma once

#include "batch.hpp"
#include "coding/encoded_stream.hpp"
#include "id_index.hpp"
#include "member_terms.hpp"
#include "membership.hpp"
#include "outbox.hpp"
#include "roster.hpp"
#include "sequence.hpp"

#include <fibercast/http/body_state.hpp>
#include <fibercast/http/output.hpp>
#include <fibercast/runtime/closable.hpp>
#include <fibercast/sse/client_info.hpp>
#include <fibercast/sse/end_reason.hpp>
#include <fibercast/sse/hub_options.hpp>
#include <fibercast/sse/send_result.hpp>

#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace fibercast {

/// One client as its shard sees it: its outbox, and its place in the order of publications. It is
/// *live*, and gets what is published through its outbox, or *behind*, and reads the history until it
/// has caught up with what its worker has handed on. Everything here belongs to the
/// shard's worker, the reference count too.
///
/// Kept small: there is one for each of very many clients.
class member final : public closable,
                     public roster_place,
                     public id_place,
                     public boost::intrusive_ref_counter<member, boost::thread_unsafe_counter> {
public:
    using clock = std::chrono::steady_clock;

    /// Joins: begins behind the publication with that number. `terms`: null for the general stream.
    /// Throws `std::bad_alloc`, and then has not joined.
    member(membership& among, client_id id, std::uint64_t number, std::uint32_t capacity,
           overflow policy, std::unique_ptr<member_terms> terms);

    /// Begins where it was when it had gone. Before anything else.
    void resume(resume_point const& from) noexcept;
    /// See `subscription::open_at_once`. Before its stream begins.
    void open_at_once() noexcept { to_open_ = true; }

    client_id id() const noexcept { return id_; }

    /// Queues what it has not had of a batch, as the overflow policy says; who is behind reads it
    /// later. Suspends under `block`, or to give the client's stream a turn before the policy strikes.
    /// Returns whether there was something for it.
    bool deliver(batch& from, clock::time_point now);
    /// The same of a private one, if it may read that: asks its rights.
    bool deliver_private(batch& from, topic_set const& about, clock::time_point now);

    /// Queues an event for this client alone, which has that number.
    send_result send(delivery_ptr const& what, std::uint64_t number, deadline until);

    /// Whether `send` would neither suspend nor leave it to the policy.
    bool has_room() noexcept { return outbox_.has_room(); }
    /// Whether a handler that sends now would wait for room that only its own stream can make.
    bool would_wait_for_itself() noexcept {
        return outbox_.policy() == overflow::block && out_ == nullptr && outbox_.full();
    }

    /// Starts to load what `deliver` and the client's stream are going to touch: with many clients
    /// none of it is in the cache. First the member itself, then, some visits later, the rest.
    void prefetch() const noexcept;
    void prefetch_rest() const noexcept { outbox_.prefetch(); }

    /// Queues the keep-alive comment, if the client was idle for `span`. Never suspends.
    bool keep_alive(delivery_ptr const& comment, clock::time_point now, clock::duration span);

    /// The body: writes what is queued to `out`. It is over when the client is ended or the peer is
    /// gone.
    body_state write_ready(output& out, runnable& again);

    /// The handler has given the client up, and the stream, if it has one, ends where it is.
    void leave() noexcept { finish(end_reason::finished); }

    /// Takes the client out of the hub and ends its stream behind what is queued. Never suspends;
    /// the first reason counts.
    void end(end_reason why) noexcept;
    /// The same, without waiting for the client to take anything more.
    void cut(end_reason why) noexcept;
    /// Ends it politely, if it takes what is queued.
    void kick() noexcept { stalled() ? cut(end_reason::kicked) : end(end_reason::kicked); }

    /// Its time is over: ends it politely, if it takes anything, and it has not ended yet; else cuts
    /// it. True: nothing more is to be done. Never suspends.
    bool expire() noexcept;

    /// There is too little memory for what waits for it, and it takes nothing: it goes back to the
    /// history, if that is its policy, or it is cut.
    void relieve() noexcept;
    bool stalled() const noexcept;
    std::size_t queued_bytes() const noexcept { return outbox_.bytes(); }

    /// The hub drains: tells it when to come back, if there is room for that, and ends it.
    void send_off(std::chrono::milliseconds come_back) noexcept;

    /// Somebody looks on at what is written to it. `comment` wakes its stream, if that waits: it then
    /// leaves the usual way of writing for one that shows. Throws `std::bad_alloc`.
    void watch(std::shared_ptr<client_tap> to, delivery_ptr const& comment);

    /// See `client::begins_behind`.
    std::optional<std::string> begins_behind() const;

    /// See `client::when_ended`. Throws `std::bad_alloc`.
    void when_ended(std::function<void(end_reason)> tell);

    bool connected() const noexcept { return in_roster(); }
    content_coding coding() const noexcept {
        auto const* const by = encoding();
        return by == nullptr ? content_coding::identity : by->coding();
    }
    client_info info() const;

private:
    /// What one look at what there is to write has come to.
    enum class progress { made, none, failed };

    /// The peer has gone, or the server drains.
    void close() noexcept override;

    put_result put(delivery_ptr const& what, deadline until);
    [[gnu::noinline]] put_result put_with_care(delivery_ptr const& what, deadline until);
    put_result tell_and_put(delivery_ptr const& what) noexcept;
    void fall_behind(std::uint64_t at) noexcept;

    bool as_usual() const noexcept {
        return !behind_ && !watched_ && !broken_ && !outbox_.unsaid_in_front();
    }
    void begin(output& out) noexcept;
    void finish(end_reason why) noexcept;
    bool write_all(runnable& again);
    bool opened();
    void close_encoding();
    encoded_stream* encoding() const noexcept { return terms_ ? terms_->encoding() : nullptr; }
    bool write(std::span<delivery_ptr const> items);
    [[gnu::noinline]] bool write_encoded(std::span<delivery_ptr const> items, encoded_stream& by);
    progress write_queued();
    progress write_with_care();
    delivery_ptr next_to_write();
    delivery_ptr next_kept();
    bool tells_of_gaps() const noexcept { return !terms_ || terms_->tells_of_gaps(); }
    delivery_ptr told(loss const& what) const;
    void written(std::uint64_t events) noexcept;
    void log_end(end_reason why) const noexcept;

    outbox outbox_;
    std::uint64_t had_;      // everything up to this number that is for it
    output* out_ = nullptr;  // while the stream runs
    membership* const among_;
    client_id const id_;
    clock::time_point const joined_;
    clock::time_point last_event_;  // queued, of any kind
    std::uint64_t sent_ = 0;
    std::unique_ptr<member_terms> terms_;
    bool behind_ = false;
    bool watched_ = false;
    end_reason ended_by_ = end_reason::finished;
    bool to_open_ = false;              // with a comment, if nothing else is there first
    bool from_earliest_ = false;        // with all that is kept
    std::optional<gap_reason> broken_;  // to be told first
};

}  // namespace fibercast
