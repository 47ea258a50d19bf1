#pragma once

#include "mailroom.hpp"
#include "member.hpp"

#include <fibercast/runtime/detail/parking_spot.hpp>
#include <fibercast/runtime/worker.hpp>
#include <fibercast/sse/client_info.hpp>
#include <fibercast/sse/hub.hpp>

#include <boost/smart_ptr/intrusive_ptr.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

namespace fibercast {

/// The clients of a hub on one worker, and the two fibers that serve them all: one delivers
/// broadcasts, one keeps idle connections alive. All members but `visit` belong to that worker.
class shard {
public:
    /// In a fiber of `home`. `population` counts the clients of all shards.
    shard(worker& home, mailroom& broadcasts, hub::options const& settings,
          std::atomic<std::size_t>& population);
    ~shard();
    shard(shard const&) = delete;
    shard& operator=(shard const&) = delete;

    worker& home() const noexcept { return home_; }

    boost::intrusive_ptr<member> join(client_id id);
    /// Idempotent.
    void leave(member& whom) noexcept;
    /// Null when there is none of that id. Looks at every member: for operators, not for handlers.
    member* find(client_id id) noexcept;
    void append_clients(std::vector<client_info>& to) const;

    hub_stats const& stats() const noexcept { return stats_; }
    void count_sent(std::size_t events) noexcept { stats_.sent += events; }
    void count_dropped(std::size_t events) noexcept { stats_.dropped += events; }
    void count_slow() noexcept { ++stats_.slow; }
    void count_kicked() noexcept { ++stats_.kicked; }

    /// Other threads. Runs `function` in a fiber of the worker and waits for it. False: the worker
    /// has stopped, and nothing was run.
    bool visit(std::function<void()> const& function);

    /// Other threads. Whether the worker still runs; when it does not, `home` must not be used.
    bool open();

private:
    void deliver_broadcasts();
    void deliver(chunk_ptr const& what);
    void deliver_to_slice(std::size_t& left, chunk_ptr const& what);
    void keep_clients_alive();
    void keep_alive(std::size_t first, std::size_t last);
    void stop();
    void end_visit();

    worker& home_;
    hub::options const& settings_;
    std::atomic<std::size_t>& population_;
    std::vector<member*> members_;
    std::uint32_t sweep_ = 0;
    hub_stats stats_;
    chunk_ptr const comment_;
    parking_spot heartbeat_;
    mailroom::lane lane_;

    std::mutex visits_mutex_;
    std::size_t visits_ = 0;  // guarded, as is `open_`: visits that have begun and not ended
    bool open_ = true;
    parking_spot last_visit_;
};

}  // namespace fibercast
