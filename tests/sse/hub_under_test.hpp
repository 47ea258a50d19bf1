#pragma once

#include "sse/memory_client.hpp"
#include "support/open_descriptors.hpp"

#include <fibercast/runtime/worker_pool.hpp>
#include <fibercast/sse/hub.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

/// A hub, two workers and clients in memory for one test. Checks at its end that no client and no
/// descriptor is left.
class hub_under_test {
public:
    explicit hub_under_test(fibercast::hub_options settings = without_heartbeat())
        : hub(settings) {}

    ~hub_under_test() {
        clients.clear();
        CHECK(hub.size() == 0);
        pool.stop();
        CHECK(open_descriptors() == descriptors_before_);
    }

    /// Events alone go over the wire: no heartbeats, and no ids, for nothing is kept.
    static fibercast::hub_options without_heartbeat() {
        auto settings = with_history(0);
        settings.overflow = fibercast::overflow::disconnect;
        return settings;
    }

    static fibercast::hub_options with_history(std::size_t events) {
        fibercast::hub_options settings;
        settings.heartbeat = std::chrono::milliseconds(0);
        settings.history = events;
        return settings;
    }

    /// Adds a client; without a number, the workers take turns.
    memory_client& connect(std::size_t on, fibercast::subscription wants = {}) {
        clients.push_back(std::make_unique<memory_client>(pool[on], hub, std::move(wants)));
        return *clients.back();
    }
    memory_client& connect() { return connect(clients.size() % pool.size()); }

    void broadcast(std::string data) { hub.broadcast(fibercast::event(std::move(data))); }

private:
    std::size_t const descriptors_before_ = open_descriptors();

public:
    fibercast::hub hub;
    fibercast::worker_pool pool{{.workers = 2, .side_threads = 1}};  // nothing blocks here
    std::vector<std::unique_ptr<memory_client>> clients;
};
