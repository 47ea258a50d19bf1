#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <vector>

/// What a random test decides by. The same seed decides the same.
class chance {
public:
    explicit chance(unsigned seed) : numbers_(seed) {}

    std::size_t below(std::size_t end) {
        return std::uniform_int_distribution<std::size_t>(0, end - 1)(numbers_);
    }
    bool one_in(std::size_t many) { return below(many) == 0; }

    template <typename T>
    T const& of(std::vector<T> const& all) {
        return all[below(all.size())];
    }
    /// Some of them, at least `least`.
    std::vector<std::string> some_of(std::vector<std::string> const& all, std::size_t least) {
        std::vector<std::string> some;
        while (some.size() < least || !one_in(2)) some.push_back(of(all));
        return some;
    }

private:
    std::mt19937 numbers_;
};
