#include <fibercast/sse/hub.hpp>

#include "mailroom.hpp"
#include "member.hpp"
#include "shard.hpp"

#include <fibercast/runtime/worker.hpp>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cassert>
#include <mutex>
#include <stdexcept>

namespace fibercast {
namespace {

hub::options checked(hub::options const& settings) {
    if (settings.channel_capacity < 2 || !std::has_single_bit(settings.channel_capacity)) {
        throw std::invalid_argument("a hub's channel_capacity must be a power of two, at least 2");
    }
    if (settings.heartbeat.count() < 0)
        throw std::invalid_argument("a hub's heartbeat must not be negative");
    return settings;
}

}  // namespace

hub_stats& hub_stats::operator+=(hub_stats const& other) noexcept {
    clients += other.clients;
    joined += other.joined;
    broadcasts += other.broadcasts;
    sent += other.sent;
    heartbeats += other.heartbeats;
    dropped += other.dropped;
    slow += other.slow;
    kicked += other.kicked;
    return *this;
}

struct hub::state {
    explicit state(options const& chosen) : settings(checked(chosen)) {}

    shard& shard_of(worker& home);
    std::vector<shard*> all_shards();
    template <typename F>
    void visit_all(F const& function);
    template <typename F>
    bool visit_member(client_id id, F const& function);

    options const settings;
    mailroom broadcasts;
    std::atomic<std::size_t> population = 0;
    std::atomic<client_id> last_id = 0;
    std::atomic<std::uint64_t> broadcast_count = 0;
    std::mutex mutex;
    std::vector<std::unique_ptr<shard>>
        shards;  // guarded; only added to, so that pointers stay valid
};

hub::hub(options const& settings) : state_(std::make_unique<state>(settings)) {}

hub::~hub() {
    for (auto const& each : state_->shards) {
        assert(!each->open() && "a hub must outlive the server");
        (void)each;
    }
}

shard& hub::state::shard_of(worker& home) {
    std::lock_guard const held(mutex);
    // A closed shard belonged to a worker of an earlier server, perhaps at the same address.
    auto const found = std::find_if(shards.begin(), shards.end(), [&](auto const& each) {
        return each->open() && &each->home() == &home;
    });
    if (found != shards.end()) return **found;
    return *shards.emplace_back(std::make_unique<shard>(home, broadcasts, settings, population));
}

std::vector<shard*> hub::state::all_shards() {
    std::lock_guard const held(mutex);
    std::vector<shard*> all;
    for (auto const& each : shards) all.push_back(each.get());
    return all;
}

/// Runs `function` on each shard's worker, one after the other.
template <typename F>
void hub::state::visit_all(F const& function) {
    for (shard* const each : all_shards()) each->visit([&] { function(*each); });
}

/// Runs `function` on the worker of the client with that id. False: there is no such client.
template <typename F>
bool hub::state::visit_member(client_id id, F const& function) {
    bool found_it = false;
    for (shard* const each : all_shards()) {
        each->visit([&] {
            member* const found = each->find(id);
            if (found == nullptr) return;
            found_it = true;
            function(*each, *found);
        });
        if (found_it) break;
    }
    return found_it;
}

client hub::join() {
    worker* const home = worker::current();
    if (home == nullptr) throw std::logic_error("hub::join was called outside a worker's fiber");
    return client(
        state_->shard_of(*home).join(state_->last_id.fetch_add(1, std::memory_order_relaxed) + 1));
}

bool hub::broadcast(event const& what, deadline until) {
    if (!state_->broadcasts.post(chunk::make(what.encode()), until)) return false;
    state_->broadcast_count.fetch_add(1, std::memory_order_relaxed);
    return true;
}

bool hub::flush(std::chrono::steady_clock::duration patience) {
    return state_->broadcasts.flush(after(patience));
}

bool hub::send(client_id to, event const& what) {
    auto const encoded = chunk::make(what.encode());
    bool taken = false;
    state_->visit_member(to, [&](shard&, member& whom) {
        taken = whom.push(encoded, member::clock::now()) == push_result::taken;
    });
    return taken;
}

bool hub::kick(client_id whom) {
    return state_->visit_member(whom, [](shard& home, member& found) {
        home.count_kicked();
        found.kick();
    });
}

std::vector<client_info> hub::clients() {
    std::vector<client_info> all;
    state_->visit_all([&](shard& each) { each.append_clients(all); });
    std::sort(all.begin(), all.end(), [](auto const& a, auto const& b) { return a.id < b.id; });
    return all;
}

hub_stats hub::stats() {
    hub_stats sum;
    state_->visit_all([&](shard& each) { sum += each.stats(); });
    sum.clients = size();
    sum.broadcasts = state_->broadcast_count.load(std::memory_order_relaxed);
    return sum;
}

std::size_t hub::size() const noexcept {
    return state_->population.load(std::memory_order_relaxed);
}

}  // namespace fibercast
