#pragma once

#include "batch.hpp"
#include "counters.hpp"
#include "history.hpp"
#include "member.hpp"
#include "publication.hpp"

#include <fibercast/runtime/deadline.hpp>
#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/worker.hpp>
#include <fibercast/sse/client_info.hpp>
#include <fibercast/sse/hub_options.hpp>
#include <fibercast/sse/send_result.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>

#include <atomic>
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
    shard(worker& home, history& published, hub_options const& settings, ledger& counted,
          std::atomic<std::size_t>& population);
    ~shard();
    shard(shard const&) = delete;
    shard& operator=(shard const&) = delete;

    /// Throws `std::bad_alloc`, and then nobody has joined.
    boost::intrusive_ptr<member> join(client_id id);

    /// Sends to one client of this worker, behind all that was published before.
    send_result send(member& to, chunk_ptr bytes, deadline until);

    /// False: it is not here. Looks at every member: for operators, not for handlers.
    bool kick(client_id whom) noexcept;

    /// Gives others a turn now and then. Some may be in it several times.
    void append_clients(std::vector<client_info>& to) const;

    /// The worker stops: ends the fibers.
    void stop() noexcept;

private:
    void start();
    void deliver_publications();
    void deliver_to_one(publication const& what);
    /// Delivers some of these, at least the first. Returns how many.
    std::size_t deliver_to_all(std::span<publication const> broadcasts);
    bool deliver_to_slice(roster<member>::walk& visiting, batch& what);
    std::optional<batch> join_first_of(std::span<publication const> broadcasts);
    void keep_clients_alive();
    void keep_alive(std::size_t first, std::size_t last);
    member* find(client_id id) const noexcept;

    worker& home_;
    history& published_;
    hub_options const& settings_;
    ledger& counted_;
    membership among_;
    delivery_ptr const comment_;
    parking_spot heartbeat_;
    history::reader reader_;
    std::vector<publication> read_;
    bool delivering_ = false;  // the fiber is there
    bool keeping_alive_ = false;
    bool stopped_ = false;
};

}  // namespace fibercast
