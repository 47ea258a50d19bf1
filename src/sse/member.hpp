#pragma once

#include <fibercast/http/chunk.hpp>
#include <fibercast/http/output.hpp>
#include <fibercast/runtime/channel.hpp>
#include <fibercast/runtime/closable.hpp>
#include <fibercast/sse/client_info.hpp>
#include "runtime/fiber_footprint.hpp"

#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace fibercast {

class shard;

/// One client as its shard sees it: its channel, and its place among the shard's members.
/// Everything here belongs to the shard's worker, the reference count too.
///
/// Kept small: there is one for each of very many clients.
class member final : public closable,
                     public boost::intrusive_ref_counter<member, boost::thread_unsafe_counter> {
public:
    using clock = std::chrono::steady_clock;

    member(shard& home, client_id id, std::size_t slots, overflow policy)
        : queue_(slots - 1, policy),
          home_(&home),
          id_(id),
          joined_(clock::now()),
          last_event_(joined_) {}

    client_id id() const noexcept { return id_; }

    /// Queues a chunk as the overflow policy says. Suspends under `block`, or to give the client's
    /// fiber a turn before the policy strikes.
    push_result push(chunk_ptr const& what, clock::time_point now);

    /// Starts to load what `push` and the client's fiber are going to touch: with many clients none
    /// of it is in the cache.
    void prefetch() const noexcept { fiber_.prefetch(); }

    /// Queues the keep-alive comment, if the client was idle for `span`. Never suspends.
    bool keep_alive(chunk_ptr const& comment, clock::time_point now, clock::duration span);

    /// The body: writes what is queued to `out` until the channel is closed or the peer is gone.
    void write_to(output& out);

    /// Ends the stream and leaves the shard. What is queued is still written. Idempotent.
    void close() noexcept override;

    /// Ends the stream without waiting for the client to take anything more.
    void disconnect() noexcept;

    /// Ends the stream; politely, if the client takes what is queued.
    void kick() noexcept { stalled() ? disconnect() : close(); }

    /// Whether a handler that sends now would wait for room that only its own stream can make.
    bool would_wait_for_itself() const noexcept {
        return queue_.policy() == overflow::block && out_ == nullptr &&
               queue_.size() >= queue_.capacity();
    }
    bool connected() const noexcept { return position_ != nowhere; }
    client_info info() const;

private:
    friend class shard;

    static constexpr std::uint32_t nowhere = ~std::uint32_t{0};

    push_result overflowed(chunk_ptr const& what);
    bool stalled() const noexcept { return out_ != nullptr && out_->peer().stalled(); }

    channel<chunk_ptr> queue_;
    shard* const home_;
    output* out_ = nullptr;             // while the stream runs
    fiber_footprint fiber_;             // of the fiber that writes, while the stream runs
    std::uint32_t position_ = nowhere;  // among the shard's members
    std::uint32_t sweep_ = 0;           // the last sweep of the shard that has visited it
    client_id const id_;
    clock::time_point const joined_;
    clock::time_point last_event_;  // queued, of any kind
    std::uint64_t sent_ = 0;
};

}  // namespace fibercast
