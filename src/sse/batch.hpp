#pragma once

#include "delivery.hpp"
#include "publication.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace fibercast {

/// Publications that a worker has read together, in a row, which are for the same clients, and what
/// of them each client gets: all of them joined; a client that has come in between, those behind its
/// place in the order. Joined once for all clients, however many.
class batch {
public:
    /// The publications, which must not be none, must outlive it; `held` see `delivery::of`. Throws
    /// `std::bad_alloc`.
    batch(std::span<publication const> publications, counter& held)
        : publications_(publications),
          held_(held),
          private_about_(private_topics_of(publications.front())),
          whole_(delivery::of(publications, held)) {}

    std::size_t size() const noexcept { return publications_.size(); }
    std::uint64_t first() const noexcept { return publications_.front().number; }
    std::uint64_t last() const noexcept { return publications_.back().number; }

    /// What all of them are about, if they are private; else null.
    topic_set const* private_about() const noexcept { return private_about_; }

    /// What a client gets that is through with everything before.
    delivery_ptr const& whole() const noexcept { return whole_; }

    /// What a client gets that is through with everything up to this number, which is before
    /// `last()`. Null: there is no memory to make it.
    delivery_ptr const& behind(std::uint64_t number) noexcept {
        return number < publications_.front().number ? whole_ : rest_behind(number);
    }

private:
    static topic_set const* private_topics_of(publication const& one) noexcept {
        return one.topics && one.topics->is_private() ? one.topics.get() : nullptr;
    }
    delivery_ptr const& rest_behind(std::uint64_t number) noexcept;

    std::span<publication const> const publications_;
    counter& held_;
    topic_set const* const private_about_;
    delivery_ptr const whole_;
    delivery_ptr rest_;           // the last of these that was made: clients that have come
    std::size_t rest_count_ = 0;  // together are visited together
};

}  // namespace fibercast
