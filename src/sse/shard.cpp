#include "shard.hpp"

#include <fibercast/runtime/sleep.hpp>
#include <fibercast/sse/event.hpp>

#include <algorithm>
#include <chrono>
#include <new>
#include <utility>

namespace fibercast {
namespace {

using namespace std::chrono_literals;

/// How many clients get a delivery before their fibers, and everything else on the worker, have a
/// turn: few enough that what a push has touched is still in the cache when the client's fiber
/// runs.
constexpr std::size_t slice = 64;

/// Members are looked up this many places ahead of their turn, and twice as many.
constexpr std::size_t ahead = 4;

/// Heartbeats are due a quarter of the interval apart at most, and each round of all clients is
/// spread over this many steps, so that idle clients do not all wake at once.
constexpr int rounds_per_interval = 4;
constexpr std::size_t steps_per_round = 16;

/// The broadcasts at the front.
std::span<publication const> broadcasts_first_in(std::span<publication const> all) noexcept {
    auto const end = std::find_if(all.begin(), all.end(),
                                  [](publication const& each) { return each.to != everyone; });
    return all.first(static_cast<std::size_t>(end - all.begin()));
}

}  // namespace

shard::shard(worker& home, history& published, hub_options const& settings, ledger& counted,
             std::atomic<std::size_t>& population)
    : home_(home),
      published_(published),
      settings_(settings),
      counted_(counted),
      among_{{}, {}, population},
      comment_(delivery::of(chunk::make(keep_alive_comment))),
      reader_(published, home) {
    read_.reserve(history::reader::most_at_once);
    counted_.open(among_.counts);
}

shard::~shard() { counted_.close(among_.counts); }

/// Each fiber once; if there was no memory for one, the next who joins tries again.
void shard::start() {
    if (stopped_) return;
    if (!delivering_) {
        home_.fibers().spawn([this] { deliver_publications(); });
        reader_.open();
        delivering_ = true;
    }
    if (!keeping_alive_ && settings_.heartbeat.count() > 0) {
        home_.fibers().spawn([this] { keep_clients_alive(); });
        keeping_alive_ = true;
    }
}

void shard::stop() noexcept {
    stopped_ = true;
    reader_.close();
    heartbeat_.unpark();
}

boost::intrusive_ptr<member> shard::join(client_id id) {
    start();
    boost::intrusive_ptr<member> joined(new member(among_, id, published_.last(), settings_));
    if (among_.members.size() == 1) heartbeat_.unpark();
    return joined;
}

send_result shard::send(member& to, chunk_ptr bytes, deadline until) {
    if (!to.connected()) return send_result::gone;
    if (to.would_wait_for_itself()) return send_result::timed_out;
    if (to.has_room()) {
        auto const only = delivery::of(bytes);
        // Nothing can come in between, for nothing here suspends.
        if (auto const number = reader_.number_here()) return to.send(only, number, until);
    }
    return published_.send(to.id(), std::move(bytes), until);
}

bool shard::kick(client_id whom) noexcept {
    member* const found = find(whom);
    if (found != nullptr) found->kick();
    return found != nullptr;
}

member* shard::find(client_id id) const noexcept {
    roster<member>::walk all(among_.members);
    member* each = all.next();
    while (each != nullptr && each->id() != id) each = all.next();
    return each;
}

void shard::append_clients(std::vector<client_info>& to) const {
    roster<member>::walk all(among_.members);
    for (std::size_t visited = 1; member const* each = all.next(); ++visited) {
        to.push_back(each->info());
        if (visited % slice == 0) yield();
    }
}

void shard::deliver_publications() {
    while (reader_.read(read_)) {
        for (std::span<publication const> rest(read_); !rest.empty();) {
            auto const broadcasts = broadcasts_first_in(rest);
            if (broadcasts.empty()) deliver_to_one(rest.front());
            rest = rest.subspan(broadcasts.empty() ? 1 : deliver_to_all(broadcasts));
            yield();  // nothing else here may: there can always be more to read
        }
    }
}

void shard::deliver_to_one(publication const& what) {
    if (find(what.to) == nullptr) return what.answer->pass();
    auto const made = join_first_of(std::span(&what, 1));
    member* const to = find(what.to);  // again: we may have waited for memory
    if (!made || to == nullptr) return what.answer->pass();
    if (!what.answer->claim()) return;
    auto const& only = made->whole();
    what.answer->answer(to->send(only, what.number, what.answer->until()));
}

std::size_t shard::deliver_to_all(std::span<publication const> broadcasts) {
    if (among_.members.empty()) return broadcasts.size();
    auto joined = join_first_of(broadcasts);
    if (!joined) return broadcasts.size();
    roster<member>::walk visiting(among_.members);
    while (deliver_to_slice(visiting, *joined)) yield();
    return joined->size();
}

/// False: that was the last one.
bool shard::deliver_to_slice(roster<member>::walk& visiting, batch& what) {
    auto const now = member::clock::now();
    for (std::size_t visited = 0; visited < slice; ++visited) {
        member* const each = visiting.next();
        if (each == nullptr) return false;
        if (auto const* const later = visiting.ahead(2 * ahead)) later->prefetch();
        if (auto const* const soon = visiting.ahead(ahead)) soon->prefetch_rest();
        each->deliver(what, now);
    }
    return true;
}

/// If there is no memory to join them, that is the first alone; and if there is none at all, a
/// little later: publications go on, only slower. Nothing: the worker stops.
std::optional<batch> shard::join_first_of(std::span<publication const> broadcasts) {
    for (auto some = broadcasts; !stopped_; some = broadcasts.first(1)) {
        try {
            return std::optional<batch>(std::in_place, some);
        } catch (std::bad_alloc const&) {  // to be left before the fiber suspends
        }
        if (some.size() == 1) sleep_for(1ms);
    }
    return std::nullopt;
}

void shard::keep_clients_alive() {
    auto const step_time =
        settings_.heartbeat / (rounds_per_interval * static_cast<int>(steps_per_round));
    auto const pause = std::max<std::chrono::milliseconds>(step_time, 1ms);
    for (std::size_t step = 0; !stopped_; step = (step + 1) % steps_per_round) {
        heartbeat_.park(among_.members.empty() ? never : after(pause));
        auto const count = among_.members.size();
        keep_alive(count * step / steps_per_round, count * (step + 1) / steps_per_round);
    }
}

void shard::keep_alive(std::size_t first, std::size_t last) {
    auto const now = member::clock::now();
    auto& members = among_.members;
    for (std::size_t sent = 0; first < std::min(last, members.size()); ++first) {
        if (!members[first].keep_alive(comment_, now, settings_.heartbeat)) continue;
        among_.counts.heartbeats.add(1);
        if (++sent % slice == 0) yield();
    }
}

}  // namespace fibercast
