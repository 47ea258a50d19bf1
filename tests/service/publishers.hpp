#pragma once

#include "support/delivery_oracle.hpp"

#include <fibercast/sse/event.hpp>
#include <fibercast/sse/hub.hpp>

#include <list>
#include <string>
#include <thread>
#include <utility>
#include <vector>

/// Threads that publish while the test goes on.
class publishers {
public:
    struct publication {
        std::vector<std::string> topics;  ///< None: a broadcast.
        std::string name;                 ///< What the oracle knows it by.
        fibercast::event what;
    };

    ~publishers() {
        for (auto& each : running_) each.thread.join();
    }

    /// Publishes these one after the other, in a thread of their own.
    void start(fibercast::hub& to, std::vector<publication> all) {
        auto& made = running_.emplace_back();
        made.all = std::move(all);
        made.thread = std::thread([&to, &made] {
            for (auto const& each : made.all) made.places.push_back(publish(to, each));
        });
    }

    /// Waits for all of them, and tells the oracle what there was.
    void settle(delivery_oracle& told) {
        for (auto& each : running_) {
            each.thread.join();
            for (std::size_t i = 0; i < each.all.size(); ++i) {
                auto const& [topics, name, what] = each.all[i];
                auto const& place = each.places[i];
                told.published(place.number(), topics, name,
                               what.id().empty() ? place.text() : what.id());
            }
        }
        running_.clear();
    }

private:
    struct one {
        std::vector<publication> all;
        std::vector<fibercast::event_id> places;
        std::thread thread;
    };

    static fibercast::event_id publish(fibercast::hub& to, publication const& each) {
        return each.topics.empty() ? to.broadcast(each.what).value()
                                   : to.publish(each.topics, each.what).value();
    }

    std::list<one> running_;
};
