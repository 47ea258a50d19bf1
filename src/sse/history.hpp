#pragma once

#include "publication.hpp"
#include "topic_set.hpp"

#include <boost/intrusive/unordered_set.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace fibercast {

/// Whose events a reader of the history is after.
class event_filter {
public:
    /// Asked under the sequence's mutex: only what takes no time.
    virtual bool may_want(topic_set_ptr const& topics) const noexcept = 0;

protected:
    ~event_filter() = default;
};

/// The last events that were for more than one client, in their order: bounded by their number, their
/// bytes and their age. Its places are made beforehand, so that keeping one cannot fail.
///
/// Belongs to the sequence, whose mutex guards it.
class history {
public:
    using clock = std::chrono::steady_clock;

    struct bounds {
        std::size_t events = 0;  ///< 0: nothing is kept.
        std::size_t bytes = 0;
        clock::duration age{};  ///< 0: none.
    };

    explicit history(bounds const& most);

    bool on() const noexcept { return most_.events != 0; }

    /// Takes the next one in. `own_id`, if it has one, is part of its bytes.
    void keep(publication const& what, std::string_view own_id, clock::time_point now) noexcept;

    /// Forgets what is too old.
    void expire(clock::time_point now) noexcept;

    /// What was kept up to this number is not kept any more, and maybe some of it was for you.
    std::uint64_t floor() const noexcept { return floor_; }

    /// The number of the event that a publisher gave this id; of the oldest, if there are several.
    std::optional<std::uint64_t> find(std::string_view own_id) const noexcept;

    /// What its publisher has given the event with that number; empty: nothing, or it is not kept.
    std::string_view own_id_at(std::uint64_t number) const noexcept;

    /// The number of the last event that it was given; 0: it was given none.
    std::uint64_t last() const noexcept {
        return count_ == 0 ? floor_ : at(count_ - 1).what.number;
    }

    /// Copies what may be wanted of the events with numbers behind `after` up to `last`: as many as `to`
    /// has room for, and so many bytes or one; looks at no more than `most_visited`. Returns the
    /// number up to which that is all.
    std::uint64_t read(std::uint64_t after, std::uint64_t last, event_filter const& wanted,
                       std::vector<publication>& to) const noexcept;

    static constexpr std::size_t most_visited = 1024;
    static constexpr std::size_t most_bytes_at_once = 16 * 1024;

    std::size_t events() const noexcept { return count_; }
    std::size_t bytes() const noexcept { return bytes_; }

private:
    using hook = boost::intrusive::unordered_set_base_hook<boost::intrusive::store_hash<true>>;

    struct kept : hook {
        publication what;
        std::string_view own_id;
        clock::time_point since;
    };

    struct own_id_of {
        using type = std::string_view;
        type operator()(kept const& each) const noexcept { return each.own_id; }
    };

    using by_own_id =
        boost::intrusive::unordered_multiset<kept, boost::intrusive::key_of_value<own_id_of>,
                                             boost::intrusive::hash<std::hash<std::string_view>>,
                                             boost::intrusive::power_2_buckets<true>>;

    static std::size_t size_of(kept const& each) noexcept;
    kept& at(std::size_t place) noexcept { return places_[(first_ + place) % places_.size()]; }
    kept const& at(std::size_t place) const noexcept {
        return places_[(first_ + place) % places_.size()];
    }
    void forget_first() noexcept;
    /// The first place whose number is higher.
    std::size_t place_behind(std::uint64_t number) const noexcept;

    bounds const most_;
    std::vector<kept> places_;
    std::vector<by_own_id::bucket_type> buckets_;
    std::optional<by_own_id> own_ids_;
    std::size_t first_ = 0;
    std::size_t count_ = 0;
    std::size_t bytes_ = 0;
    std::uint64_t floor_ = 0;
};

}  // namespace fibercast
