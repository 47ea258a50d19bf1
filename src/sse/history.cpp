#include "history.hpp"

#include <algorithm>
#include <utility>

namespace fibercast {

std::uint64_t history::append(publication what, deadline until) {
    lock held(mutex_);
    while (full()) {
        if (!wait_for_change(held, until) && full()) return 0;
    }
    auto const number = what.number = next();
    if (what.answer) what.answer->expect(readers());
    last_.store(number, std::memory_order_release);
    place(number) = std::move(what);
    for (auto& each : readers_) {
        if (std::exchange(each.idle_, false)) each.wake_.ring();
    }
    forget();  // nobody may be here to read it
    return number;
}

send_result history::send(client_id to, chunk_ptr bytes, deadline until) {
    boost::intrusive_ptr<receipt> const answer(new receipt(until));
    if (append({to, std::move(bytes), answer}, until) == 0) return send_result::timed_out;
    return answer->wait();
}

bool history::flush(deadline until) {
    lock held(mutex_);
    auto const last = next() - 1;
    while (!all_are_through(last)) {
        if (!wait_for_change(held, until)) return all_are_through(last);
    }
    return true;
}

bool history::all_are_through(std::uint64_t number) const noexcept {
    return std::all_of(readers_.begin(), readers_.end(),
                       [=](reader const& each) { return each.through_ >= number; });
}

std::size_t history::readers() const noexcept {
    auto const open = [](reader const& each) { return each.open_; };
    return static_cast<std::size_t>(std::count_if(readers_.begin(), readers_.end(), open));
}

void history::forget() noexcept {
    auto read_by_all = next() - 1;
    for (auto const& each : readers_) {
        if (each.open_) read_by_all = std::min(read_by_all, each.read_);
    }
    while (forgotten_ < read_by_all) place(++forgotten_) = {};
}

bool history::wait_for_change(lock& held, deadline until) {
    waiting self;
    waiting_.push_back(self);
    held.unlock();
    bool const in_time = self.change.wait(until);
    held.lock();
    if (in_time) return true;
    if (self.is_linked()) {
        waiting_.erase(waiting_.iterator_to(self));
        return false;
    }
    // It was set just after we gave up, and the wake-up still points to us.
    held.unlock();
    self.change.wait();
    held.lock();
    return true;
}

void history::changed() noexcept {
    while (!waiting_.empty()) {
        auto& first = waiting_.front();
        waiting_.pop_front();
        first.change.set();
    }
}

history::reader::reader(history& of, worker& home)
    : log_(of), wake_(home, [this] { spot_.unpark(); }) {}

history::reader::~reader() {
    close();
    lock const held(log_.mutex_);
    leave();
}

void history::reader::open() noexcept {
    lock const held(log_.mutex_);
    read_ = through_ = log_.next() - 1;
    log_.readers_.push_back(*this);
    open_ = true;
}

bool history::reader::read(std::vector<publication>& batch) {
    batch.clear();
    for (;;) {
        lock held(log_.mutex_);
        if (!open_) return leave();
        through_ = read_;
        bool const some = copy_next(batch);
        if (!some) through_ = read_;  // only numbers that are not for here
        log_.changed();
        if (some) return true;
        idle_ = true;
        held.unlock();
        // An append in between is not missed: its wake-up runs in this worker's event loop, after
        // us.
        spot_.park();
    }
}

bool history::reader::leave() noexcept {
    if (is_linked()) log_.readers_.erase(log_.readers_.iterator_to(*this));
    log_.changed();
    return false;
}

bool history::reader::copy_next(std::vector<publication>& batch) {
    std::size_t bytes = 0;
    auto const last = log_.next() - 1;
    while (read_ < last && batch.size() < most_at_once) {
        auto const& next = log_.place(read_ + 1);
        if (next.bytes) {
            bytes += next.bytes->payload().size();
            if (!batch.empty() && bytes > most_bytes_at_once) break;
            batch.push_back(next);
        }
        ++read_;
    }
    log_.forget();
    return !batch.empty();
}

std::uint64_t history::reader::number_here() noexcept {
    lock const held(log_.mutex_);
    auto const number = log_.next();
    if (is_linked() && (!open_ || through_ + 1 != number)) return 0;
    if (log_.full()) return 0;
    log_.last_.store(number, std::memory_order_release);
    for (auto& each : log_.readers_) {
        if (each.through_ + 1 == number) each.read_ = each.through_ = number;
    }
    log_.forget();
    return number;
}

void history::reader::close() noexcept {
    lock const held(log_.mutex_);
    if (!std::exchange(open_, false)) return;
    idle_ = false;
    for (auto const last = log_.next() - 1; read_ < last;) {
        auto const& unread = log_.place(++read_);
        if (unread.answer) unread.answer->pass();
    }
    log_.forget();
    log_.changed();
    spot_.unpark();
}

}  // namespace fibercast
