#include "sequence.hpp"

#include <mutex>
#include <utility>

namespace fibercast {

sequence::reader::reader(sequence& of, worker& home)
    : log_(of), wake_(home, [this] { spot_.unpark(); }) {}

sequence::reader::~reader() {
    close();
    lock const held(log_.mutex_);
    leave();
}

std::uint64_t sequence::reader::open() noexcept {
    lock const held(log_.mutex_);
    read_ = through_ = log_.next() - 1;
    log_.readers_.push_back(*this);
    open_ = true;
    return read_;
}

bool sequence::reader::read(std::vector<publication>& batch) {
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
        spot_.park(never, wait_for::publication);
    }
}

bool sequence::reader::leave() noexcept {
    if (is_linked()) log_.readers_.erase(log_.readers_.iterator_to(*this));
    log_.changed();
    return false;
}

bool sequence::reader::copy_next(std::vector<publication>& batch) {
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

std::uint64_t sequence::reader::number_here(draft& what) {
    lock const held(log_.mutex_);
    auto const number = log_.next();
    if (is_linked() && (!open_ || through_ + 1 != number)) return 0;
    if (log_.room() == 0) return 0;
    what.number(number);
    log_.last_.store(number, std::memory_order_release);
    for (auto& each : log_.readers_) {
        if (each.through_ + 1 == number) each.read_ = each.through_ = number;
    }
    log_.forget();
    return number;
}

void sequence::reader::close() noexcept {
    lock const held(log_.mutex_);
    if (!std::exchange(open_, false)) return;
    idle_ = false;
    for (auto const last = log_.next() - 1; read_ < last;) {
        auto const& unread = log_.place(++read_);
        if (unread.answer) unread.answer->pass();
        if (unread.counted) unread.counted->add(0);
    }
    log_.forget();
    log_.changed();
    spot_.unpark();
}

}  // namespace fibercast
