#include "sequence.hpp"

#include <fibercast/sse/subscription.hpp>

#include <algorithm>
#include <random>
#include <string_view>
#include <utility>

namespace fibercast {

namespace {

/// At random: nobody who has seen one can tell the next.
event_id::epoch_text new_epoch() {
    constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    std::random_device device;
    std::uniform_int_distribution<std::size_t> any(0, digits.size() - 1);
    event_id::epoch_text epoch;
    std::generate(epoch.begin(), epoch.end(), [&] { return digits[any(device)]; });
    return epoch;
}

}  // namespace

sequence::sequence(history::bounds const& kept)
    : epoch_(new_epoch()), places_(window), kept_(kept) {}

draft sequence::begin(event const& what) const {
    return gives_ids() ? draft(what, epoch_, last() + 1) : draft(what);
}

std::uint64_t sequence::append(publication what, draft& event, deadline until) {
    lock held(mutex_);
    // Whoever was let in and fails leaves the room to another. Before `held` is unlocked.
    struct at_end {
        sequence& of;
        ~at_end() { of.wake_for_room(); }
    } const next_in{*this};
    while (room() == 0) {
        if (!wait_for_room(held, until) && room() == 0) return 0;
    }
    auto const number = what.number = next();
    event.number(number);
    what.bytes = event.bytes();
    auto const expected = readers();
    if (what.answer) what.answer->expect(expected);
    if (what.counted) what.counted->expect(expected);
    if (what.to == everyone) kept_.keep(what, event.own_id(), history::clock::now());
    last_.store(number, std::memory_order_release);
    place(number) = std::move(what);
    for (auto& each : readers_) {
        if (std::exchange(each.idle_, false)) each.wake_.ring();
    }
    forget();  // nobody may be here to read it
    return number;
}

send_result sequence::send(client_id to, draft& event, deadline until) {
    boost::intrusive_ptr<receipt> const answer(new receipt(until));
    if (append({to, nullptr, answer}, event, until) == 0) return send_result::timed_out;
    return answer->wait();
}

resume_point sequence::resume(std::string_view id) noexcept {
    lock const held(mutex_);
    kept_.expire(history::clock::now());
    auto const start = kept_.floor();
    if (id == subscription::earliest) return {start, std::nullopt, true};
    if (auto const own = kept_.find(id)) return {*own, std::nullopt};
    auto const place = event_id::parse(id);
    if (place && place->epoch() != id_of(0).epoch()) return {start, gap_reason::other_epoch};
    if (!place || place->number() >= next()) return {start, gap_reason::unknown_id};
    return {place->number(), std::nullopt, place->number() < start};
}

std::optional<std::string> sequence::id_behind(std::uint64_t number) {
    lock const held(mutex_);
    return number < kept_.floor() ? std::nullopt : text_of(number);
}

std::optional<std::string> sequence::last_kept_id() {
    lock const held(mutex_);
    return text_of(kept_.last());
}

std::optional<std::string> sequence::text_of(std::uint64_t number) const {
    if (number == 0 || !gives_ids()) return std::nullopt;
    auto const own = kept_.own_id_at(number);
    return own.empty() ? id_of(number).text() : std::string(own);
}

std::optional<std::uint64_t> sequence::read_kept(std::uint64_t& after, std::uint64_t last,
                                                 event_filter const& wanted,
                                                 std::vector<publication>& to) {
    lock const held(mutex_);
    if (after >= kept_.floor()) return kept_.read(after, last, wanted, to);
    after = kept_.floor();
    return std::nullopt;
}

void sequence::expire() noexcept {
    lock const held(mutex_);
    kept_.expire(history::clock::now());
}

std::pair<std::size_t, std::size_t> sequence::kept() noexcept {
    lock const held(mutex_);
    return {kept_.events(), kept_.bytes()};
}

bool sequence::flush(deadline until) {
    lock held(mutex_);
    auto const last = next() - 1;
    while (!all_are_through(last)) {
        if (!wait_in(flushing_, held, until)) return all_are_through(last);
    }
    return true;
}

bool sequence::all_are_through(std::uint64_t number) const noexcept {
    return std::all_of(readers_.begin(), readers_.end(),
                       [=](reader const& each) { return each.through_ >= number; });
}

std::size_t sequence::readers() const noexcept {
    auto const open = [](reader const& each) { return each.open_; };
    return static_cast<std::size_t>(std::count_if(readers_.begin(), readers_.end(), open));
}

void sequence::forget() noexcept {
    auto read_by_all = next() - 1;
    for (auto const& each : readers_) {
        if (each.open_) read_by_all = std::min(read_by_all, each.read_);
    }
    while (forgotten_ < read_by_all) place(++forgotten_) = {};
}

bool sequence::wait_in(waiting_list& list, lock& held, deadline until) {
    waiting self;
    list.push_back(self);
    held.unlock();
    bool const in_time = self.change.wait(until);
    held.lock();
    if (in_time) return true;
    if (self.is_linked()) {
        list.erase(list.iterator_to(self));
        return false;
    }
    // It was set just after we gave up, and the wake-up still points to us.
    held.unlock();
    self.change.wait();
    held.lock();
    return true;
}

bool sequence::wait_for_room(lock& held, deadline until) {
    bool const let_in = wait_in(waiting_for_room_, held, until);
    if (let_in) --let_in_;
    return let_in;
}

void sequence::wake_first(waiting_list& of) noexcept {
    auto& first = of.front();
    of.pop_front();
    first.change.set();
}

void sequence::wake_for_room() noexcept {
    for (; let_in_ < room() && !waiting_for_room_.empty(); ++let_in_) wake_first(waiting_for_room_);
}

void sequence::changed() noexcept {
    while (!flushing_.empty()) wake_first(flushing_);
    wake_for_room();
}

}  // namespace fibercast
