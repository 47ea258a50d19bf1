#include "shard.hpp"

#include <fibercast/runtime/sleep.hpp>

#include <algorithm>
#include <new>
#include <span>
#include <utility>

namespace fibercast {
namespace {

/// How many clients get a broadcast before their fibers, and everything else on the worker, have a
/// turn: few enough that what a push has touched is still in the cache when the client's fiber
/// runs.
constexpr std::size_t slice = 64;

/// In a burst broadcasts come faster than all clients can be visited. What has come meanwhile is
/// joined, up to so many bytes, and then costs each client no more than one broadcast does.
constexpr std::size_t most_bytes_joined = 8 * 1024;

/// How many of these are joined: at least one.
std::size_t count_to_join(std::span<chunk_ptr const> waiting) noexcept {
    std::size_t count = 0, bytes = 0;
    do {
        bytes += waiting[count]->payload().size();
        ++count;
    } while (count < waiting.size() &&
             bytes + waiting[count]->payload().size() <= most_bytes_joined);
    return count;
}

/// Takes from the front of `waiting` what is to be delivered next. If there is no memory to join
/// it, that is the first as it is: broadcasts go on, only slower.
chunk_ptr take_next(std::span<chunk_ptr const>& waiting) noexcept {
    auto const count = count_to_join(waiting);
    auto const now = waiting.first(count);
    try {
        auto joined = chunk::join(now);
        waiting = waiting.subspan(count);
        return joined;
    } catch (std::bad_alloc const&) {
        waiting = waiting.subspan(1);
        return now.front();
    }
}

/// Members are looked up this many places ahead of their turn.
constexpr std::size_t ahead = 4;

/// Heartbeats are due a quarter of the interval apart at most, and each round of all clients is
/// spread over this many steps, so that idle clients do not all wake at once.
constexpr int rounds_per_interval = 4;
constexpr std::size_t steps_per_round = 16;

}  // namespace

shard::shard(worker& home, mailroom& broadcasts, hub::options const& settings,
             std::atomic<std::size_t>& population)
    : home_(home),
      settings_(settings),
      population_(population),
      comment_(chunk::make(keep_alive_comment)),
      lane_(broadcasts, home) {
    home_.at_stop([this] { stop(); });
    home_.fibers().spawn([this] { deliver_broadcasts(); });
    if (settings_.heartbeat.count() > 0) home_.fibers().spawn([this] { keep_clients_alive(); });
}

shard::~shard() = default;

boost::intrusive_ptr<member> shard::join(client_id id) {
    boost::intrusive_ptr<member> joined(
        new member(*this, id, settings_.channel_capacity, settings_.overflow));
    joined->sweep_ = sweep_;  // a broadcast under way is not for it
    joined->position_ = static_cast<std::uint32_t>(members_.size());
    members_.push_back(joined.get());
    population_.fetch_add(1, std::memory_order_relaxed);
    ++stats_.joined;
    if (members_.size() == 1) heartbeat_.unpark();
    return joined;
}

void shard::leave(member& whom) noexcept {
    if (!whom.connected()) return;
    member* const last = members_.back();
    members_[whom.position_] = last;
    last->position_ = whom.position_;
    members_.pop_back();
    whom.position_ = member::nowhere;
    population_.fetch_sub(1, std::memory_order_relaxed);
}

member* shard::find(client_id id) noexcept {
    auto const found = std::find_if(members_.begin(), members_.end(),
                                    [id](member* each) { return each->id() == id; });
    return found == members_.end() ? nullptr : *found;
}

void shard::append_clients(std::vector<client_info>& to) const {
    for (member const* each : members_) to.push_back(each->info());
}

void shard::deliver_broadcasts() {
    std::vector<chunk_ptr> taken;
    while (lane_.take(taken)) {
        std::span<chunk_ptr const> rest(taken);
        while (!rest.empty() && !members_.empty()) deliver(take_next(rest));
        if (members_.empty()) yield();  // otherwise it may never: there is always more to take
    }
}

/// Visits the members from the last to the first. When one leaves meanwhile, the last takes its
/// place: either both were visited, or the one that moves was, and its mark tells.
void shard::deliver(chunk_ptr const& what) {
    ++sweep_;
    for (std::size_t left = members_.size(); left > 0; left = std::min(left, members_.size())) {
        deliver_to_slice(left, what);
        yield();
    }
}

void shard::deliver_to_slice(std::size_t& left, chunk_ptr const& what) {
    auto const now = member::clock::now();
    for (std::size_t visited = 0; visited < slice; ++visited) {
        left = std::min(left, members_.size());  // a push may suspend, and members leave
        if (left == 0) return;
        member& each = *members_[--left];
        if (left >= 2 * ahead) {
            auto const* const line = reinterpret_cast<char const*>(members_[left - 2 * ahead]);
            __builtin_prefetch(line, 1);
            __builtin_prefetch(line + 64, 1);
            __builtin_prefetch(line + 128, 1);
        }
        if (left >= ahead) members_[left - ahead]->prefetch();
        if (std::exchange(each.sweep_, sweep_) != sweep_) each.push(what, now);
    }
}

void shard::keep_clients_alive() {
    auto const step_time =
        settings_.heartbeat / (rounds_per_interval * static_cast<int>(steps_per_round));
    auto const pause =
        std::max<std::chrono::steady_clock::duration>(step_time, std::chrono::milliseconds(1));
    for (std::size_t step = 0; open_; step = (step + 1) % steps_per_round) {
        heartbeat_.park(members_.empty() ? never : after(pause));
        auto const count = members_.size();
        keep_alive(count * step / steps_per_round, count * (step + 1) / steps_per_round);
    }
}

void shard::keep_alive(std::size_t first, std::size_t last) {
    auto const now = member::clock::now();
    for (std::size_t sent = 0; first < std::min(last, members_.size()); ++first) {
        if (!members_[first]->keep_alive(comment_, now, settings_.heartbeat)) continue;
        ++stats_.heartbeats;
        if (++sent % slice == 0) yield();
    }
}

bool shard::visit(std::function<void()> const& function) {
    {
        std::lock_guard const held(visits_mutex_);
        if (!open_) return false;
        ++visits_;
    }
    struct leaving {
        shard& from;
        ~leaving() { from.end_visit(); }
    } const guard{*this};
    home_.call([&] { function(); });
    return true;
}

void shard::end_visit() {
    std::lock_guard const held(visits_mutex_);
    if (--visits_ == 0 && !open_) home_.post([this] { last_visit_.unpark(); });
}

bool shard::open() {
    std::lock_guard const held(visits_mutex_);
    return open_;
}

/// The worker stops. Visitors that have come must get their answers before it goes.
void shard::stop() {
    lane_.close();
    {
        std::lock_guard const held(visits_mutex_);
        open_ = false;
    }
    heartbeat_.unpark();
    while ([this] {
        std::lock_guard const held(visits_mutex_);
        return visits_ != 0;
    }())
        last_visit_.park();
}

}  // namespace fibercast
