#pragma once

#include "support/sse_parser.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// What a hub has promised, written down apart from it: which events there were, in which order, and
/// what a client may therefore see. Knows nothing of how a hub works.
class delivery_oracle {
public:
    /// An event: its place, its topics (none: for everyone), and its text, which no other has.
    void published(std::uint64_t number, std::vector<std::string> topics, std::string text,
                   std::string id);

    /// The hub starts anew: numbers begin again.
    void restarted();

    std::uint64_t last() const { return events().empty() ? 0 : events().rbegin()->first; }

    /// What one client has seen, over all its connections.
    class witness {
    public:
        witness(delivery_oracle const& of, std::vector<std::string> patterns)
            : of_(of), patterns_(std::move(patterns)) {}

        /// It joins, and has seen nothing of that life of the hub.
        void joins(std::uint64_t after);
        /// It comes back with the last id that it has seen.
        void comes_back();

        /// Returns what is wrong; empty: nothing.
        std::string sees(sse_message const& message);
        /// Nothing more comes, and there is nothing that it has not seen or been told of.
        std::string has_seen_all() const { return missing_before(of_.last() + 1); }

        std::string const& last_id() const { return last_id_; }
        bool told_of_loss() const { return told_; }

    private:
        std::string sees_gap(std::string const& data);
        std::string missing_before(std::uint64_t number) const;

        delivery_oracle const& of_;
        std::vector<std::string> const patterns_;
        std::size_t life_ = 0;
        std::uint64_t had_ = 0;
        bool came_back_ = false;
        bool told_ = false;                    // that something is missing before what comes next
        std::optional<std::uint64_t> missed_;  // and how much, if all of it is known
        std::string last_id_;
        std::size_t last_id_life_ = 0;
        std::uint64_t last_id_place_ = 0;
    };

private:
    struct event {
        std::vector<std::string> topics;
        std::string text;
        std::string id;
    };

    using life = std::map<std::uint64_t, event>;

    life const& events() const { return lives_.back(); }

    std::vector<life> lives_{1};
};

/// Whether a pattern is for a topic, in the words of the documentation.
bool pattern_matches(std::string_view pattern, std::string_view topic);

/// What is not published but sent to one client begins so, or is what greets a new one.
inline constexpr std::string_view sent_alone = "sent";
inline constexpr std::string_view greeting = "Successfully connected";
