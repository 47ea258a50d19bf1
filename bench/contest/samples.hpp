#pragma once

#include <algorithm>
#include <vector>

namespace bench {

/// The values of one figure over all rounds.
class samples {
public:
    void add(double value) {
        in_order_.push_back(value);
        sorted_.insert(std::ranges::upper_bound(sorted_, value), value);
    }

    std::vector<double> const& in_order() const { return in_order_; }
    double min() const { return sorted_.front(); }
    double max() const { return sorted_.back(); }

    double median() const {
        auto const middle = sorted_.size() / 2;
        if (sorted_.size() % 2 == 1) return sorted_[middle];
        return (sorted_[middle - 1] + sorted_[middle]) / 2;
    }

private:
    std::vector<double> in_order_;
    std::vector<double> sorted_;  // never empty when asked
};

}  // namespace bench
