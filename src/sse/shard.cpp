#include "shard.hpp"

#include "turn.hpp"

#include <fibercast/runtime/sleep.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <new>
#include <random>
#include <utility>

namespace fibercast {
namespace {

using namespace std::chrono_literals;

/// Those at the front that the same clients get.
std::span<publication const> alike_first_in(std::span<publication const> all) noexcept {
    auto const end = std::find_if_not(
        all.begin(), all.end(), [&](publication const& each) { return alike(all.front(), each); });
    return all.first(static_cast<std::size_t>(end - all.begin()));
}

}  // namespace

shard::shard(worker& home, sequence& published, hub_options const& settings, ledger& counted,
             std::atomic<std::size_t>& population)
    : home_(home),
      published_(published),
      settings_(settings),
      counted_(counted),
      among_(published, population),
      heartbeats_(among_, published, settings.heartbeat),
      reader_(published, home) {
    read_.reserve(sequence::reader::most_at_once);
    counted_.open(among_.counts);
}

shard::~shard() { counted_.close(among_.counts); }

/// Each fiber once; if there was no memory for one, the next who joins tries again.
void shard::start() {
    if (stopped_) return;
    if (!delivering_) {
        home_.fibers().spawn([this] { deliver_publications(); });
        among_.reached = reader_.open();
        delivering_ = true;
    }
    heartbeats_.start(home_);
}

void shard::stop() noexcept {
    stopped_ = true;
    reader_.close();
    heartbeats_.stop();
}

boost::intrusive_ptr<member> shard::join(client_id id, subscription const& wants) {
    start();
    std::unique_ptr<member_terms> terms;
    if (member_terms::are_in(wants)) {
        terms = std::make_unique<member_terms>(wants, among_.topics, among_.windows);
        make_room_for_subscribers();
    }
    boost::intrusive_ptr<member> joined(new member(
        among_, id, published_.last(), static_cast<std::uint32_t>(settings_.channel_capacity),
        wants.overflow.value_or(*settings_.overflow), std::move(terms)));
    if (wants.open_at_once) joined->open_at_once();
    if (among_.members.size() == 1) heartbeats_.resume();
    if (!wants.last_event_id.empty()) joined->resume(published_.resume(wants.last_event_id));
    return joined;
}

/// Beforehand: an event may be for each group of them, and its delivery must not fail.
void shard::make_room_for_subscribers() {
    auto const groups = among_.topics.size();
    if (subscribers_.capacity() < groups)
        subscribers_.reserve(std::max(groups, 2 * subscribers_.capacity()));
}

send_result shard::send(member& to, event const& what, deadline until) {
    if (!to.connected()) return send_result::gone;
    if (to.would_wait_for_itself()) return send_result::timed_out;
    auto made = published_.begin(what);
    if (to.has_room()) {
        if (auto const number = reader_.number_here(made)) {
            among_.reached = number;
            // Nothing can come in between, for nothing here suspends.
            auto const only = delivery::of(made.bytes(), among_.counts.held_bytes, number);
            return to.send(only, number, until);
        }
    }
    return published_.send(to.id(), made, until);
}

void shard::drain(std::chrono::milliseconds over) {
    std::minstd_rand any(std::random_device{}());
    std::uniform_int_distribution<std::int64_t> delay(1'000, 1'000 + over.count());
    auto& members = among_.members;
    auto const all = members.size();
    auto const end = member::clock::now() + over;
    for (std::size_t ended = 0; !members.empty() && !stopped_;) {
        std::chrono::duration<double> const left = end - member::clock::now();
        auto const rest = std::max(0.0, left / std::chrono::duration<double>(over));
        auto const due = all - static_cast<std::size_t>(rest * static_cast<double>(all));
        for (; !members.empty() && (ended < due || rest == 0); ++ended) {
            members[members.size() - 1].send_off(std::chrono::milliseconds(delay(any)));
            if ((ended + 1) % slice == 0) yield();
        }
        if (!members.empty()) sleep_for(10ms);
    }
}

bool shard::kick(client_id whom) noexcept {
    member* const found = among_.by_id.find(whom);
    if (found != nullptr) found->kick();
    return found != nullptr;
}

bool shard::tap(client_id whom, std::shared_ptr<client_tap> const& to) {
    member* const found = among_.by_id.find(whom);
    if (found != nullptr) found->watch(to, heartbeats_.comment());
    return found != nullptr;
}

std::optional<client_info> shard::info_of(client_id whom) const {
    member const* const found = among_.by_id.find(whom);
    return found == nullptr ? std::nullopt : std::optional(found->info());
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
            auto const alike = alike_first_in(rest);
            if (alike.empty()) deliver_to_one(rest.front());
            rest = rest.subspan(alike.empty() ? 1 : deliver_to_many(alike));
            // Nothing else here may, and there can always be more to read; but few subscribers at a
            // time are no turn of their own.
            if (alike.empty() || rest.empty() || visited_ >= slice) give_turn();
        }
    }
}

void shard::deliver_to_one(publication const& what) {
    among_.reached = what.number;
    if (among_.by_id.find(what.to) == nullptr) return what.answer->pass();
    auto const made = join_first_of(std::span(&what, 1));
    member* const to = among_.by_id.find(what.to);  // again: we may have waited for memory
    if (!made || to == nullptr) return what.answer->pass();
    if (!what.answer->claim()) return;
    auto const& only = made->whole();
    what.answer->answer(to->send(only, what.number, what.answer->until()));
}

std::size_t shard::deliver_to_many(std::span<publication const> alike) {
    auto joined = among_.members.empty() ? std::nullopt : join_first_of(alike);
    auto const dealt_with = alike.first(joined ? joined->size() : alike.size());
    // From here to the first slice nothing suspends: whoever catches up is visited, or through.
    among_.reached = dealt_with.back().number;
    std::size_t reached = 0;
    if (joined && !alike.front().topics) deliver_to(among_.members, *joined, reached);
    if (joined && alike.front().topics) {
        among_.topics.append_subscribers(*alike.front().topics, subscribers_);
        // By number: who joins meanwhile may make more room.
        for (std::size_t i = 0; i < subscribers_.size(); ++i)
            deliver_to(subscribers_[i]->all, *joined, reached);
        subscribers_.clear();
    }
    for (auto const& each : dealt_with) {
        if (each.counted) each.counted->add(reached);
    }
    relieve();
    return dealt_with.size();
}

template <typename Member>
void shard::deliver_to(roster<Member> const& all, batch& what, std::size_t& reached) {
    auto now = member::clock::now();
    typename roster<Member>::walk visiting(all);
    prefetch_first(visiting);
    while (Member* const each = visiting.next()) {
        prefetch_ahead(visiting);
        if (hand(what, *each, now)) ++reached;
        if (++visited_ < slice) continue;
        give_turn();
        now = member::clock::now();
    }
}

void shard::give_turn() {
    visited_ = 0;
    yield();
}

/// Those that hold most and take nothing go first.
void shard::relieve() {
    if (settings_.memory_limit == 0) return;
    auto const most = settings_.memory_limit / std::max<std::size_t>(counted_.workers(), 1);
    auto const held = [this] { return among_.counts.held_bytes.value(); };
    if (held() <= most) return;
    among_.kept.forget();
    std::vector<boost::intrusive_ptr<member>> stalled;
    roster<member>::walk all(among_.members);
    while (member* const each = all.next()) {
        if (each->stalled()) stalled.emplace_back(each);
    }
    std::sort(stalled.begin(), stalled.end(),
              [](auto const& a, auto const& b) { return a->queued_bytes() > b->queued_bytes(); });
    for (auto const& each : stalled) {
        if (held() <= most) return;
        each->relieve();
    }
    for (auto const& each : stalled) {  // what is left is being written
        if (held() <= most) return;
        each->cut(end_reason::slow);
    }
}

/// If there is no memory to join them, that is the first alone; and if there is none at all, a
/// little later: publications go on, only slower. Nothing: the worker stops.
std::optional<batch> shard::join_first_of(std::span<publication const> alike) {
    for (auto some = alike; !stopped_; some = alike.first(1)) {
        try {
            return std::optional<batch>(std::in_place, some, among_.counts.held_bytes);
        } catch (std::bad_alloc const&) {  // to be left before the fiber suspends
        }
        if (some.size() == 1) sleep_for(1ms);
    }
    return std::nullopt;
}

}  // namespace fibercast
