#include "counters.hpp"

#include <algorithm>

namespace fibercast {

hub_stats& hub_stats::operator+=(hub_stats const& other) noexcept {
    clients += other.clients;
    joined += other.joined;
    broadcasts += other.broadcasts;
    published += other.published;
    sent += other.sent;
    heartbeats += other.heartbeats;
    dropped += other.dropped;
    replayed += other.replayed;
    resumed += other.resumed;
    fell_behind += other.fell_behind;
    gaps += other.gaps;
    compressed += other.compressed;
    compressed_from += other.compressed_from;
    compressed_to += other.compressed_to;
    behind += other.behind;
    held_bytes += other.held_bytes;
    history_events += other.history_events;
    history_bytes += other.history_bytes;
    for (std::size_t i = 0; i < ended.size(); ++i) ended[i] += other.ended[i];
    return *this;
}

hub_stats counters::stats() const noexcept {
    hub_stats stats;
    stats.joined = joined.value();
    stats.sent = sent.value();
    stats.heartbeats = heartbeats.value();
    stats.dropped = dropped.value();
    stats.replayed = replayed.value();
    stats.resumed = resumed.value();
    stats.fell_behind = fell_behind.value();
    stats.gaps = gaps.value();
    stats.compressed = compressed.value();
    stats.compressed_from = compressed_from.value();
    stats.compressed_to = compressed_to.value();
    stats.behind = behind.value();
    stats.held_bytes = held_bytes.value();
    std::transform(ended.begin(), ended.end(), stats.ended.begin(),
                   [](counter const& each) { return each.value(); });
    return stats;
}

void ledger::open(counters& of_a_worker) noexcept {
    std::lock_guard const held(mutex_);
    open_.push_back(of_a_worker);
    workers_.store(open_.size(), std::memory_order_relaxed);
}

void ledger::close(counters& of_a_worker) noexcept {
    std::lock_guard const held(mutex_);
    open_.erase(open_.iterator_to(of_a_worker));
    workers_.store(open_.size(), std::memory_order_relaxed);
    auto last = of_a_worker.stats();
    last.behind = last.held_bytes = 0;  // what goes up and down is over
    closed_ += last;
}

hub_stats ledger::sum() const noexcept {
    std::lock_guard const held(mutex_);
    auto sum = closed_;
    for (auto const& each : open_) sum += each.stats();
    return sum;
}

}  // namespace fibercast
