#pragma once

#include <fibercast/testing/event_reader.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What a hub has promised, written down apart from it: which events there were, in which order, and
/// what a client may therefore see. Knows nothing of how a hub works.
class delivery_oracle {
public:
    /// An event: its place, its topics (none: for everyone), its text, which no other has, and whether
    /// it is for those alone who may read one of its topics.
    void published(std::uint64_t number, std::vector<std::string> topics, std::string text,
                   std::string id, bool is_private = false);

    /// What somebody has subscribed to besides the broadcasts, in each of the ways there are.
    struct wishes {
        std::vector<std::string> patterns = {};
        std::vector<std::string> exact = {};
        /// How the other spelling of a topic begins and ends (`spelling_of`).
        std::vector<std::pair<std::string, std::string>> endings = {};
    };

    /// The hub starts anew: numbers begin again.
    void restarted();

    std::uint64_t last() const { return events().empty() ? 0 : events().rbegin()->first; }

    struct event {
        std::vector<std::string> topics;
        std::string text;
        std::string id;
        bool is_private;
    };

    /// What one client has seen, over all its connections.
    class witness {
    public:
        witness(delivery_oracle const& of, wishes subscribed)
            : of_(of), subscribed_(std::move(subscribed)) {}

        /// From now on it may read what is private about these topics.
        void may_read(std::vector<std::string> topics) { readable_ = std::move(topics); }

        /// It joins, and has seen nothing of that life of the hub.
        void joins(std::uint64_t after);
        /// It comes back with the last id that it has seen.
        void comes_back();

        /// Returns what is wrong; empty: nothing.
        std::string sees(fibercast::testing::received_event const& message);
        /// Nothing more comes, and there is nothing that it has not seen or been told of.
        std::string has_seen_all() const { return missing_before(of_.last() + 1); }

        std::string const& last_id() const { return last_id_; }
        bool told_of_loss() const { return told_; }

    private:
        std::string sees_gap(std::string const& data);
        std::string missing_before(std::uint64_t number) const;

        bool wants(event const& what) const;

        delivery_oracle const& of_;
        wishes const subscribed_;
        std::vector<std::string> readable_;
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
    using life = std::map<std::uint64_t, event>;

    life const& events() const { return lives_.back(); }

    std::vector<life> lives_{1};
};

/// Whether a pattern is for a topic, in the words of the documentation.
bool pattern_matches(std::string_view pattern, std::string_view topic);

/// What is not published but sent to one client begins so, or is what greets a new one.
inline constexpr std::string_view sent_alone = "sent";
inline constexpr std::string_view greeting = "Successfully connected";
