#pragma once

#include <algorithm>
#include <vector>

namespace bench {

/// The values of one figure over all rounds.
class samples {
public:
    void add(double value) { values_.insert(std::ranges::upper_bound(values_, value), value); }

    double min() const { return values_.front(); }
    double max() const { return values_.back(); }

    double median() const {
        auto const middle = values_.size() / 2;
        if (values_.size() % 2 == 1) return values_[middle];
        return (values_[middle - 1] + values_[middle]) / 2;
    }

private:
    std::vector<double> values_;  // sorted, never empty when asked
};

}  // namespace bench
