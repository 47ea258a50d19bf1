#include "service/random_traffic.hpp"

#include <fibercast/service/subscribing.hpp>

#include <fmt/ranges.h>

#include <algorithm>
#include <thread>

using namespace std::chrono_literals;

namespace {

constexpr std::size_t visitors = 4;
constexpr std::size_t plenty = 1 << 20;
constexpr auto watchdog = 60s;

std::string encoded(std::string const& text) {
    std::string safe;
    for (char const c : text)
        fmt::format_to(std::back_inserter(safe), "%{:02x}", static_cast<unsigned char>(c));
    return safe;
}

}  // namespace

random_traffic::random_traffic(unsigned seed) : any_(seed) {
    for (std::size_t i = 0; i < visitors; ++i) visitors_.emplace_back(oracle_, any_);
}

std::string random_traffic::run() {
    for (auto lives = 1 + any_.below(3); lives != 0 && wrong_.empty(); --lives) {
        begin();
        for (auto steps = 10 + any_.below(60); steps != 0 && wrong_.empty(); --steps) step();
        if (lives == 1 || any_.one_in(2)) everybody_sees_all();
        stop();
        if (lives > 1) oracle_.restarted();
    }
    return wrong_;
}

/// The kernel takes little, so that who does not read is slow after some events.
void random_traffic::begin() {
    auto settings = service_under_test::with_history();
    settings.history = any_.of<std::size_t>({1, 10, 100, 1'000});
    settings.channel_capacity = any_.of<std::size_t>({1, 2, 5, 16});
    settings.history_bytes = any_.of<std::size_t>({8'000, 1'000'000, 1'000'000});
    settings.memory_limit = any_.of<std::size_t>({0, 0, 20'000});
    did("history {}, {} bytes, capacity {}, memory {}", settings.history, settings.history_bytes,
        settings.channel_capacity, settings.memory_limit);
    server_.emplace(settings);
    server_->settings.tcp.send_buffer = 4'096;
    server_->routes.get("/", fibercast::subscribe_to(hub()));
    server_->start();
}

void random_traffic::step() {
    for (auto& each : visitors_) each.read(any_.of<std::size_t>({100, 3'000, plenty}));
    auto& who = visitors_[any_.below(visitors_.size())];
    switch (any_.below(15)) {
    case 0:
    case 1:
    case 2: publish(); break;
    case 3: hub().flush(fibercast::after(watchdog)); break;
    case 4: send(); break;
    case 5:
        if (any_.one_in(3)) kick();
        break;
    case 6:
    case 7:
        did("{} reads no more", name(who));
        who.reads = false;
        break;
    case 8:
        did("{} reads", name(who));
        who.reads = true;
        break;
    case 9:
    case 10: leave(who); break;
    case 11: look_on(); break;
    default: come_back(who);
    }
}

void random_traffic::publish() {
    std::vector<publishers::publication> all;
    for (auto count = any_.one_in(2) ? 1 : 1 + any_.below(20); count != 0; --count) {
        auto const filling = any_.one_in(2) ? 0 : any_.below(8'000);
        auto const text = filled(std::to_string(++made_), filling);
        fibercast::event what(text);
        if (any_.one_in(5)) what.id("own-" + std::to_string(made_));
        auto about = any_.one_in(2) ? std::vector<std::string>() : any_.some_of(some_topics, 1);
        did("{} for {}", without_filling(text), fmt::join(about, " "));
        all.push_back({std::move(about), without_filling(text), std::move(what)});
    }
    publishers_.start(hub(), std::move(all));
}

void random_traffic::send() {
    auto const all = hub().clients();
    if (all.empty()) return;
    auto const to = any_.of(all).id;
    did("{} to client {}", ++made_, to);
    hub().send(to, fibercast::event(std::string(sent_alone) + std::to_string(made_)),
               fibercast::after(watchdog));
}

void random_traffic::kick() {
    auto const all = hub().clients();
    if (all.empty()) return;
    auto const whom = any_.of(all).id;
    did("client {} is kicked", whom);
    hub().kick(whom);
}

/// Somebody looks on at one client, and another one no more: nobody sees anything of that.
void random_traffic::look_on() {
    if (!taps_.empty() && any_.one_in(2)) any_.of(taps_)->close();
    auto const all = hub().clients();
    if (all.empty()) return;
    auto const whom = any_.of(all).id;
    did("client {} is watched", whom);
    taps_.push_back(std::make_shared<fibercast::client_tap>(10'000, [] {}));
    hub().tap(whom, taps_.back());
}

std::string random_traffic::target_of(visitor const& who) {
    std::string target = "/?";
    for (auto const& each : who.subscribed) target += "topic=" + encoded(each) + '&';
    if (any_.one_in(2))
        target += "overflow=" +
                  any_.of<std::string>({"catch-up", "drop-newest", "drop-oldest", "disconnect"});
    return target;
}

/// One that is new is waited for, while nobody publishes: where it begins has to be known.
void random_traffic::connect(visitor& who) {
    auto target = target_of(who);
    std::string field;
    bool const back = !who.seen.last_id().empty() && !any_.one_in(8);
    if (back && any_.one_in(3)) {
        target += "&last_event_id=" + encoded(who.seen.last_id());
    } else if (back) {
        field = "Last-Event-ID: " + who.seen.last_id() + "\r\n";
    }
    if (!back) publishers_.settle(oracle_);
    did("{} connects to {} {}", name(who), target, field);
    back ? who.seen.comes_back() : who.seen.joins(hub().last_id().number());
    who.looked_at = 0;
    who.connection.emplace(server_->connect(any_.of<int>({4'096, 0})), target, field);
    if (back) return;
    read_until("the greeting", [&] {
        who.connection->read(plenty);
        return who.ended() || !who.connection->messages().empty();
    });
}

void random_traffic::come_back(visitor& who) {
    if (who.ended()) look_and_forget(who);
    if (!who.connection) connect(who);
}

void random_traffic::leave(visitor& who) {
    if (!who.connection) return;
    if (any_.one_in(2)) who.connection->read(plenty);
    any_.one_in(2) ? who.connection->reset() : who.connection->close();
    look_and_forget(who);
}

void random_traffic::look_and_forget(visitor& who) {
    publishers_.settle(oracle_);
    did("{} goes, having seen {} messages", name(who), who.connection->messages().size());
    note(who.look());
    who.connection.reset();
}

void random_traffic::read_all() {
    for (auto& each : visitors_) each.read(plenty);
    std::this_thread::yield();
}

template <typename Predicate>
void random_traffic::read_until(std::string_view what, Predicate done) {
    auto const limit = std::chrono::steady_clock::now() + watchdog;
    while (wrong_.empty() && !done()) {
        if (std::chrono::steady_clock::now() > limit) note(fmt::format("{} does not come", what));
        read_all();
    }
}

/// Nothing waits for anybody in the server; who was ended comes back.
bool random_traffic::quiet() {
    for (auto& each : visitors_) come_back(each);
    auto const all = hub().clients();
    return all.size() == visitors_.size() && std::all_of(all.begin(), all.end(), [](auto& each) {
               return !each.stalled && !each.behind && each.queued == 0;
           });
}

void random_traffic::everybody_sees_all() {
    did("the end");
    publishers_.settle(oracle_);
    for (auto& each : visitors_) each.reads = true;
    read_until("peace", [&] { return quiet(); });
    if (!wrong_.empty()) return;
    auto const last = std::to_string(++made_);
    auto const id = hub().broadcast(fibercast::event(last)).value();
    oracle_.published(id.number(), {}, last, id.text());
    for (auto& each : visitors_) {
        read_until(fmt::format("{} for {}", last, name(each)), [&] { return each.has(last); });
        if (wrong_.empty()) note(each.look());
        if (wrong_.empty()) note(each.seen.has_seen_all());
    }
}

/// In peace, or in the middle of everything.
void random_traffic::stop() {
    if (any_.one_in(2)) publishers_.settle(oracle_);
    if (any_.one_in(2)) hub().drain(0ms);
    server_->server().stop(any_.one_in(2) ? 0ms : 10ms);
    did("the server has stopped");
    for (auto& each : visitors_) {
        if (!each.connection) continue;
        while (any_.one_in(2) && !each.ended()) each.connection->read(plenty);
        look_and_forget(each);
    }
    publishers_.settle(oracle_);
    met_ += hub().stats();
    server_.reset();
}
