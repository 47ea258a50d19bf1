#pragma once

#include "service/publishers.hpp"
#include "service/service_under_test.hpp"
#include "service/visitor.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// A server with `subscribe_to`, its restarts, and visitors over sockets. The seed decides what is
/// done; what meets what is the machine's affair.
class random_traffic {
public:
    explicit random_traffic(unsigned seed);

    /// Returns what is wrong; empty: nothing.
    std::string run();

    /// What the hubs have met, in all lives.
    fibercast::hub_stats const& met() const noexcept { return met_; }

    /// What was done, for whoever has to find out what went wrong.
    std::string const& journal() const { return journal_; }

private:
    template <typename... T>
    void did(fmt::format_string<T...> format, T&&... what) {
        fmt::format_to(std::back_inserter(journal_), format, std::forward<T>(what)...);
        journal_ += '\n';
    }
    auto name(visitor const& who) const { return &who - visitors_.data(); }
    void note(std::string wrong) {
        if (wrong_.empty()) wrong_ = std::move(wrong);
    }

    void begin();
    void step();
    void publish();
    void send();
    void kick();
    void look_on();
    void connect(visitor& who);
    std::string target_of(visitor const& who);
    void leave(visitor& who);
    void look_and_forget(visitor& who);
    void come_back(visitor& who);

    void read_all();
    template <typename Predicate>
    void read_until(std::string_view what, Predicate done);
    bool quiet();
    void everybody_sees_all();
    void stop();

    fibercast::hub& hub() { return server_->clients; }

    chance any_;
    delivery_oracle oracle_;
    std::optional<service_under_test> server_;
    std::vector<visitor> visitors_;
    std::vector<std::shared_ptr<fibercast::client_tap>> taps_;
    publishers publishers_;  // before the hub they publish to is gone
    unsigned made_ = 0;
    fibercast::hub_stats met_;
    std::string journal_;
    std::string wrong_;
};
