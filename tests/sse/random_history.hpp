#pragma once

#include "sse/hub_under_test.hpp"
#include "sse/person.hpp"
#include "sse/some_rights.hpp"
#include "support/chance.hpp"
#include "support/delivery_oracle.hpp"
#include "support/some_topics.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

/// One life of a hub among people.
class random_history {
public:
    explicit random_history(unsigned seed) : any_(seed) {
        for (int i = 0; i < 4; ++i) people_.emplace_back(oracle_, any_);
    }

    std::string run() {
        for (auto lives = 1 + any_.below(2); lives != 0; --lives) {
            begin();
            for (auto steps = 5 + any_.below(40); steps != 0 && wrong_.empty(); --steps) step();
            end();
            if (lives > 1) oracle_.restarted();
        }
        return wrong_;
    }

    /// What was done, for whoever has to find out what went wrong.
    std::string const& journal() const { return journal_; }

private:
    template <typename... T>
    void did(fmt::format_string<T...> format, T&&... what) {
        fmt::format_to(std::back_inserter(journal_), format, std::forward<T>(what)...);
        journal_ += '\n';
    }
    auto name(person const& who) const { return &who - people_.data(); }

    void begin() {
        auto settings = hub_under_test::with_history(any_.of<std::size_t>({1, 3, 10, 100}));
        settings.channel_capacity = any_.of<std::size_t>({1, 2, 5, 16});
        settings.history_bytes = any_.of<std::size_t>({300, 1'000'000});
        settings.memory_limit = any_.of<std::size_t>({0, 0, 500});
        did("history {}, {} bytes, capacity {}, memory {}", settings.history,
            settings.history_bytes, settings.channel_capacity, settings.memory_limit);
        hub_ = std::make_unique<hub_under_test>(settings);
    }

    void step() {
        auto& who = people_[any_.below(people_.size())];
        switch (any_.below(10)) {
        case 0:
        case 1: publish(); break;
        case 2: burst(); break;
        case 3: hub_->hub.flush(fibercast::after(std::chrono::seconds(30))); break;
        case 4: send_to(who); break;
        case 5: block(who); break;
        case 6: unblock(who); break;
        case 7: leave(who); break;
        default:
            if (!who.connection) connect(who);
        }
    }

    void publish() {
        auto const text = std::to_string(++made_);
        auto about = any_.one_in(2) ? std::vector<std::string>() : any_.some_of(any_topics, 1);
        bool const is_private = !about.empty() && any_.one_in(2);
        fibercast::event what(text);
        if (any_.one_in(5)) what.id("own-" + text);
        did("{} for {}{}", text, fmt::join(about, " "), is_private ? ", private" : "");
        auto const id = about.empty() ? broadcast(what) : publish(about, what, is_private);
        oracle_.published(hub_->hub.last_id().number(), std::move(about), text, id, is_private);
    }

    // These return the id that the event carries.
    std::string broadcast(fibercast::event const& what) {
        auto const place = hub_->hub.broadcast(what);
        return what.id().empty() ? place->text() : what.id();
    }
    std::string publish(std::vector<std::string> const& about, fibercast::event const& what,
                        bool is_private) {
        std::vector<fibercast::event_topic> topics;
        for (auto const& each : about) topics.push_back({each, spelling_of(each)});
        return hub_->hub.publish({std::move(topics), what, is_private}).value();
    }

    /// One worker reads nothing meanwhile, and then all at once.
    void burst() {
        hub_->pool[any_.below(2)].call([&] {
            for (auto count = 1 + any_.below(12); count != 0; --count) publish();
        });
    }

    void send_to(person& who) {
        if (!who.connection) return;
        fibercast::event const what(std::string(sent_alone) + std::to_string(++made_));
        did("{} to {}", made_, name(who));
        if (any_.one_in(2)) {
            who.connection->send(what, fibercast::after(std::chrono::milliseconds(1)));
        } else {
            hub_->hub.send(who.connection->id(), what, fibercast::after(std::chrono::seconds(30)));
        }
    }

    void connect(person& who) {
        auto wants = who.subscription();
        auto readable = any_.one_in(3) ? std::vector<std::string>() : any_.some_of(any_topics, 0);
        if (!readable.empty()) wants.rights = rights_to(readable);
        if (any_.one_in(2))
            wants.overflow = any_.of<fibercast::overflow>(
                {fibercast::overflow::catch_up, fibercast::overflow::drop_newest,
                 fibercast::overflow::drop_oldest, fibercast::overflow::disconnect});
        if (any_.one_in(3))
            wants.coding = any_.of<fibercast::content_coding>({fibercast::content_coding::gzip,
                                                               fibercast::content_coding::br,
                                                               fibercast::content_coding::zstd});
        if (any_.one_in(10)) wants.ends_at = fibercast::after(std::chrono::milliseconds(1));
        bool const back = !who.seen.last_id().empty() && !any_.one_in(8);
        if (back) wants.last_event_id = who.seen.last_id();
        did("{} connects behind '{}', policy {}, {} exactly {}, {} matchers, may read {}, "
            "{}",
            name(who), wants.last_event_id, wants.overflow ? static_cast<int>(*wants.overflow) : -1,
            fmt::join(wants.topics, " "), fmt::join(wants.exact_topics, " "), wants.matchers.size(),
            fmt::join(readable, " "), name_of(wants.coding));
        who.seen.may_read(std::move(readable));
        back ? who.seen.comes_back() : who.seen.joins(hub_->hub.last_id().number());
        who.parser = {};
        who.read = 0;
        who.connection =
            std::make_unique<memory_client>(hub_->pool[any_.below(2)], hub_->hub, wants);
    }

    void block(person& who) {
        if (!who.connection) return;
        did("{} takes nothing", name(who));
        who.connection->block();
    }
    void unblock(person& who) {
        if (!who.connection) return;
        did("{} takes all", name(who));
        who.connection->unblock();
    }

    void leave(person& who) {
        if (!who.connection) return;
        if (any_.one_in(3)) hub_->hub.kick(who.connection->id());
        if (any_.one_in(3)) who.connection->end();
        forget(who);
    }
    void forget(person& who) {
        who.connection->go_away();
        who.connection->wait_for_end();
        did("{} goes, having seen\n{}", name(who), who.connection->text());
        note(who.look());
        who.connection.reset();
    }

    /// Everybody is there in the end, and sees the last of all.
    void end() {
        for (auto& each : people_) {
            if (each.connection) unblock(each);
            if (each.connection && each.connection->ended()) forget(each);
            if (!each.connection) connect(each);
        }
        for (auto& each : people_) {
            // One that is full in this moment, or whose time is over, comes back and waits for more.
            while (!each.connection->wait_for(broadcast_next()) && each.connection->ended()) {
                forget(each);
                connect(each);
            }
        }
        for (auto& each : people_) {
            if (each.connection->ended() || !wrong_.empty()) continue;
            auto const last = std::to_string(made_);
            if (!each.connection->wait_for(last) && each.connection->ended()) continue;
            note(each.look());
            note(each.seen.has_seen_all());
        }
        for (auto& each : people_) each.connection.reset();
        hub_.reset();
    }

    std::string broadcast_next() {
        auto text = std::to_string(++made_);
        auto const id = hub_->hub.broadcast(fibercast::event(text));
        oracle_.published(id->number(), {}, text, id->text());
        return text;
    }

    void note(std::string wrong) {
        if (wrong_.empty()) wrong_ = std::move(wrong);
    }

    chance any_;
    delivery_oracle oracle_;
    std::unique_ptr<hub_under_test> hub_;
    std::vector<person> people_;
    unsigned made_ = 0;
    std::string journal_;
    std::string wrong_;
};
