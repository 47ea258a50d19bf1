#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace fibercast {

/// Where something is in a roster; its members derive from it.
class roster_place {
public:
    bool in_roster() const noexcept { return position_ != nowhere; }

private:
    template <typename>
    friend class roster;

    static constexpr std::uint32_t nowhere = ~std::uint32_t{0};

    std::uint32_t position_ = nowhere;
};

/// Members that may come and leave while somebody walks over them. Does not own them.
template <typename T>
class roster {
public:
    std::size_t size() const noexcept { return all_.size(); }
    bool empty() const noexcept { return all_.empty(); }
    T& operator[](std::size_t position) const noexcept { return *all_[position]; }

    /// Throws `std::bad_alloc`, and then has not added it.
    void add(T& one) {
        all_.push_back(&one);
        place_of(one) = static_cast<std::uint32_t>(all_.size() - 1);
    }

    /// The last takes its place. It must be in.
    void remove(T& one) noexcept {
        auto const freed = std::exchange(place_of(one), roster_place::nowhere);
        T* const last = all_.back();
        all_.pop_back();
        if (last == &one) return;
        all_[freed] = last;
        place_of(*last) = freed;
    }

    /// From the last to the first. Visits everyone that is there from the beginning to the end. Who
    /// comes meanwhile is not visited, unless it takes the place of one that leaves; and whoever
    /// does that may be visited again. So the visited must know what they have had.
    class walk {
    public:
        explicit walk(roster const& of) noexcept : of_(of), left_(of.size()) {}

        /// The next; null at the end.
        T* next() noexcept {
            left_ = std::min(left_, of_.size());
            return left_ == 0 ? nullptr : of_.all_[--left_];
        }

        /// Who comes so many places after the one that `next` has returned; null: nobody.
        T* ahead(std::size_t places) const noexcept {
            return left_ >= places ? of_.all_[left_ - places] : nullptr;
        }

    private:
        roster const& of_;
        std::size_t left_;  // those below it are to be visited
    };

private:
    static std::uint32_t& place_of(roster_place& one) noexcept { return one.position_; }

    std::vector<T*> all_;
};

}  // namespace fibercast
