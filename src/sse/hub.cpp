#include <fibercast/sse/hub.hpp>

#include "counters.hpp"
#include "history.hpp"
#include "shard.hpp"

#include <fibercast/runtime/worker.hpp>
#include <fibercast/runtime/worker_local.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <stdexcept>
#include <utility>

namespace fibercast {
namespace {

constexpr std::size_t largest_capacity = std::size_t{1} << 31;

hub_options checked(hub_options settings) {
    if (settings.channel_capacity < 1 || settings.channel_capacity > largest_capacity)
        throw std::invalid_argument("a hub's channel_capacity must be 1 to 2^31");
    if (settings.heartbeat.count() < 0)
        throw std::invalid_argument("a hub's heartbeat must not be negative");
    using clock = std::chrono::steady_clock;
    if (settings.heartbeat > std::chrono::floor<std::chrono::milliseconds>(clock::duration::max()))
        settings.heartbeat = std::chrono::milliseconds(0);
    return settings;
}

}  // namespace

struct hub::state {
    explicit state(options const& chosen)
        : settings(checked(chosen)), shards([this](worker& home) {
              return std::make_unique<shard>(home, published, settings, counted, population);
          }) {}

    options const settings;
    history published;
    ledger counted;
    std::atomic<std::size_t> population = 0;
    std::atomic<client_id> last_id = 0;
    std::atomic<std::uint64_t> broadcasts = 0;
    worker_local<shard> shards;  // last: they use all of the above
};

hub::hub(options const& settings) : state_(std::make_unique<state>(settings)) {}

hub::~hub() = default;

client hub::join() {
    if (worker::current() == nullptr)
        throw std::logic_error("hub::join was called outside a worker's fiber");
    shard& home = state_->shards.get();
    auto const id = state_->last_id.fetch_add(1, std::memory_order_relaxed) + 1;
    return client(home, home.join(id));
}

bool hub::broadcast(event const& what, deadline until) {
    auto bytes = chunk::make(what.encode());
    if (state_->published.append({everyone, std::move(bytes), nullptr}, until) == 0) return false;
    state_->broadcasts.fetch_add(1, std::memory_order_relaxed);
    return true;
}

send_result hub::send(client_id to, event const& what, deadline until) {
    if (to == everyone) return send_result::gone;
    return state_->published.send(to, chunk::make(what.encode()), until);
}

bool hub::flush(deadline until) { return state_->published.flush(until); }

bool hub::kick(client_id whom) {
    std::atomic<bool> found = false;
    state_->shards.for_each([&](shard& each) {
        if (each.kick(whom)) found = true;
    });
    return found;
}

std::vector<client_info> hub::clients() {
    std::mutex mutex;
    std::vector<client_info> all;
    state_->shards.for_each([&](shard& each) {
        std::vector<client_info> its;
        each.append_clients(its);
        std::lock_guard const held(mutex);
        all.insert(all.end(), std::make_move_iterator(its.begin()),
                   std::make_move_iterator(its.end()));
    });
    std::sort(all.begin(), all.end(), [](auto const& a, auto const& b) { return a.id < b.id; });
    auto const twice = std::unique(all.begin(), all.end(),
                                   [](auto const& a, auto const& b) { return a.id == b.id; });
    all.erase(twice, all.end());
    return all;
}

hub_stats hub::stats() const noexcept {
    auto stats = state_->counted.sum();
    stats.clients = size();
    stats.broadcasts = state_->broadcasts.load(std::memory_order_relaxed);
    return stats;
}

std::size_t hub::size() const noexcept {
    return state_->population.load(std::memory_order_relaxed);
}

}  // namespace fibercast
