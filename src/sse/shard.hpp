#pragma once

#include "batch.hpp"
#include "counters.hpp"
#include "heartbeats.hpp"
#include "member.hpp"
#include "publication.hpp"
#include "sequence.hpp"

#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/worker.hpp>
#include <fibercast/sse/client_info.hpp>
#include <fibercast/sse/event.hpp>
#include <fibercast/sse/hub_options.hpp>
#include <fibercast/sse/send_result.hpp>
#include <fibercast/sse/subscription.hpp>
#include <fibercast/sse/topic_info.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace fibercast {

/// The clients of a hub on one worker, and the two fibers that serve them all: one delivers what is
/// published, one keeps idle connections alive. Belongs to that worker.
class shard {
public:
    /// Does nothing yet. All of these must outlive it; `population` counts the clients of all shards.
    /// The settings are checked ones, with an overflow policy.
    shard(worker& home, sequence& published, hub_options const& settings, ledger& counted,
          std::atomic<std::size_t>& population);
    ~shard();
    shard(shard const&) = delete;
    shard& operator=(shard const&) = delete;

    /// Throws `std::bad_alloc`, or `std::invalid_argument` for topics that are none, and then nobody
    /// has joined.
    boost::intrusive_ptr<member> join(client_id id, subscription const& wants);

    /// Sends to one client of this worker, behind all that was published before.
    send_result send(member& to, event const& what, deadline until);

    /// Ends all members, spread over that time.
    void drain(std::chrono::milliseconds over);

    /// False: it is not here.
    bool kick(client_id whom) noexcept;

    /// Somebody looks on at what is written to one client. False: it is not here.
    bool tap(client_id whom, std::shared_ptr<client_tap> const& to);

    /// Gives others a turn now and then. Some may be in it several times.
    void append_clients(std::vector<client_info>& to) const;
    /// Nothing: it is not here.
    std::optional<client_info> info_of(client_id whom) const;
    void append_topics(std::vector<topic_info>& to) const { among_.topics.append_topics(to); }

    /// The worker stops: ends the fibers.
    void stop() noexcept;

private:
    void start();
    void make_room_for_subscribers();
    void deliver_publications();
    void deliver_to_one(publication const& what);
    /// Delivers some of these, which are alike, at least the first. Returns how many.
    std::size_t deliver_to_many(std::span<publication const> alike);
    /// To the members of one roster; adds up for how many there was something.
    template <typename Member>
    void deliver_to(roster<Member> const& all, batch& what, std::size_t& reached);
    /// To those who were visited, and everything else on the worker.
    void give_turn();
    std::optional<batch> join_first_of(std::span<publication const> alike);
    void relieve();

    worker& home_;
    sequence& published_;
    hub_options const& settings_;
    ledger& counted_;
    membership among_;
    heartbeats heartbeats_;
    sequence::reader reader_;
    std::vector<publication> read_;
    std::size_t visited_ = 0;                         // since others had a turn
    std::vector<topic_subscribers_ptr> subscribers_;  // of the event that is delivered
    bool delivering_ = false;                         // the fiber is there
    bool stopped_ = false;
};

}  // namespace fibercast
