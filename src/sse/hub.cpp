#include <fibercast/sse/hub.hpp>

#include "counters.hpp"
#include "head_count.hpp"
#include "sequence.hpp"
#include "shard.hpp"
#include "topic_set.hpp"

#include <fibercast/runtime/worker.hpp>
#include <fibercast/runtime/worker_local.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>

namespace fibercast {
namespace {

constexpr std::size_t largest_capacity = (std::size_t{1} << 31) - 1;
constexpr std::size_t largest_history = 10'000'000;

hub_options checked(hub_options settings) {
    if (settings.channel_capacity < 1 || settings.channel_capacity > largest_capacity)
        throw std::invalid_argument("a hub's channel_capacity must be 1 to 2^31 - 1");
    if (settings.heartbeat.count() < 0)
        throw std::invalid_argument("a hub's heartbeat must not be negative");
    using clock = std::chrono::steady_clock;
    if (settings.heartbeat > std::chrono::floor<std::chrono::milliseconds>(clock::duration::max()))
        settings.heartbeat = std::chrono::milliseconds(0);
    if (settings.history > largest_history)
        throw std::invalid_argument("a hub's history must be at most 10,000,000 events");
    if (settings.history_age.count() < 0)
        throw std::invalid_argument("a hub's history_age must not be negative");
    if (!settings.overflow)
        settings.overflow = settings.history != 0 ? overflow::catch_up : overflow::disconnect;
    return settings;
}

history::bounds bounds_of(hub_options const& settings) noexcept {
    using clock = history::clock;
    auto const endless = std::chrono::floor<std::chrono::milliseconds>(clock::duration::max());
    auto const age = settings.history_age < endless ? clock::duration(settings.history_age)
                                                    : clock::duration::zero();
    return {settings.history, settings.history_bytes, age};
}

}  // namespace

struct hub::state {
    explicit state(options const& chosen)
        : settings(checked(chosen)), published(bounds_of(settings)), shards([this](worker& home) {
              return std::make_unique<shard>(home, published, settings, counted, population);
          }) {}

    std::optional<event_id> append(publication to, event const& what, deadline until,
                                   std::atomic<std::uint64_t>& counted_as) {
        auto made = published.begin(what);
        auto const number = published.append(std::move(to), made, until);
        if (number == 0) return std::nullopt;
        counted_as.fetch_add(1, std::memory_order_relaxed);
        return published.id_of(number);
    }

    std::optional<event_id> publish(std::vector<event_topic> about, bool is_private,
                                    event const& what, deadline until, audience* to) {
        if (settings.spelling) {
            for (auto& each : about) {
                if (each.spelling.empty()) each.spelling = settings.spelling(each.text);
            }
        }
        publication made;
        made.topics = topic_set_ptr(new topic_set(std::move(about), is_private));
        if (to != nullptr) made.counted = to->counted_;
        return append(std::move(made), what, until, with_topics);
    }

    options const settings;
    sequence published;
    ledger counted;
    std::atomic<std::size_t> population = 0;
    std::atomic<client_id> last_id = 0;
    std::atomic<std::uint64_t> broadcasts = 0;
    std::atomic<std::uint64_t> with_topics = 0;
    worker_local<shard> shards;  // last: they use all of the above
};

hub::hub(options const& settings) : state_(std::make_unique<state>(settings)) {}

hub::~hub() = default;

client hub::join(subscription const& wants) {
    if (worker::current() == nullptr)
        throw std::logic_error("hub::join was called outside a worker's fiber");
    shard& home = state_->shards.get();
    auto const id = state_->last_id.fetch_add(1, std::memory_order_relaxed) + 1;
    return client(home, home.join(id, wants));
}

std::optional<event_id> hub::broadcast(event const& what, deadline until, audience* to) {
    publication made;
    if (to != nullptr) made.counted = to->counted_;
    return state_->append(std::move(made), what, until, state_->broadcasts);
}

std::optional<event_id> hub::publish(std::vector<std::string> const& topics, event const& what,
                                     deadline until, audience* to) {
    std::vector<event_topic> about;
    about.reserve(topics.size());
    for (auto const& each : topics) {
        check_published_topic(each);
        about.push_back({each});
    }
    return state_->publish(std::move(about), false, what, until, to);
}

std::optional<std::string> hub::publish(publish_request const& asked, deadline until,
                                        audience* to) {
    auto const& what = asked.what;
    auto const place = state_->publish(asked.topics, asked.is_private, what, until, to);
    if (!place) return std::nullopt;
    if (!what.id().empty()) return what.id();
    return state_->published.gives_ids() ? place->text() : std::string();
}

send_result hub::send(client_id to, event const& what, deadline until) {
    if (to == everyone) return send_result::gone;
    auto made = state_->published.begin(what);
    return state_->published.send(to, made, until);
}

bool hub::flush(deadline until) { return state_->published.flush(until); }

void hub::drain(std::chrono::milliseconds over) {
    state_->shards.for_each([over](shard& each) { each.drain(over); });
}

bool hub::kick(client_id whom) {
    std::atomic<bool> found = false;
    state_->shards.for_each([&](shard& each) {
        if (each.kick(whom)) found = true;
    });
    return found;
}

bool hub::tap(client_id whom, std::shared_ptr<client_tap> to) {
    std::atomic<bool> found = false;
    state_->shards.for_each([&](shard& each) {
        if (each.tap(whom, to)) found = true;
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

std::optional<client_info> hub::find(client_id whom) {
    std::mutex mutex;
    std::optional<client_info> found;
    state_->shards.for_each([&](shard& each) {
        auto its = each.info_of(whom);
        std::lock_guard const held(mutex);
        if (its) found = std::move(its);
    });
    return found;
}

std::vector<topic_info> hub::topics() {
    std::mutex mutex;
    std::map<std::string, std::size_t> clients_of;
    state_->shards.for_each([&](shard& each) {
        std::vector<topic_info> its;
        each.append_topics(its);
        std::lock_guard const held(mutex);
        for (auto& topic : its) clients_of[std::move(topic.topic)] += topic.clients;
    });
    std::vector<topic_info> all;
    all.reserve(clients_of.size());
    for (auto const& [topic, clients] : clients_of) all.push_back({topic, clients});
    return all;
}

event_id hub::last_id() const noexcept { return state_->published.id_of(state_->published.last()); }

std::optional<std::string> hub::last_event_id() { return state_->published.last_kept_id(); }

bool hub::gives_ids() const noexcept { return state_->published.gives_ids(); }

overflow hub::default_overflow() const noexcept { return *state_->settings.overflow; }

hub_stats hub::stats() const noexcept {
    auto stats = state_->counted.sum();
    stats.clients = size();
    stats.broadcasts = state_->broadcasts.load(std::memory_order_relaxed);
    stats.published = state_->with_topics.load(std::memory_order_relaxed);
    std::tie(stats.history_events, stats.history_bytes) = state_->published.kept();
    return stats;
}

std::size_t hub::size() const noexcept {
    return state_->population.load(std::memory_order_relaxed);
}

}  // namespace fibercast
