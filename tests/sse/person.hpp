#pragma once

#include "sse/ending_matcher.hpp"
#include "sse/memory_client.hpp"
#include "support/chance.hpp"
#include "support/delivery_oracle.hpp"
#include "support/some_topics.hpp"

#include <fibercast/testing/event_reader.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

/// Somebody with a browser: connects, goes, comes back with the last id that was seen.
struct person {
    person(delivery_oracle const& of, chance& any)
        : subscribed(any.one_in(4) ? delivery_oracle::wishes() : some_wishes(any)),
          seen(of, subscribed) {}

    static delivery_oracle::wishes some_wishes(chance& any) {
        delivery_oracle::wishes some;
        if (any.one_in(2)) some.patterns = any.some_of(some_patterns, 1);
        if (any.one_in(3)) some.exact = any.some_of(any_topics, 1);
        while (any.one_in(2)) some.endings.push_back(any.of(some_endings));
        return some;
    }

    /// The same, as the hub is told it.
    fibercast::subscription subscription() const {
        fibercast::subscription wants{.topics = subscribed.patterns,
                                      .exact_topics = subscribed.exact};
        for (auto const& [prefix, ending] : subscribed.endings)
            wants.matchers.push_back(for_ending(prefix, ending));
        return wants;
    }

    /// Looks at what has come. Returns what is wrong with it.
    std::string look() {
        auto const all = connection->text();
        for (auto const& each : parser.feed(std::string_view(all).substr(read))) {
            if (auto wrong = seen.sees(each); !wrong.empty()) {
                return wrong;
            }
        }
        read = all.size();
        return {};
    }

    delivery_oracle::wishes const subscribed;
    delivery_oracle::witness seen;
    std::unique_ptr<memory_client> connection;
    fibercast::testing::event_reader parser;
    std::size_t read = 0;
};
