#pragma once

#include <fibercast/sse/subscription_matcher.hpp>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

/// A matcher for what begins and ends so, which counts how often it is asked.
class ending_matcher final : public fibercast::subscription_matcher {
public:
    /// `another`: to be told from others that are the same.
    ending_matcher(std::string prefix, std::string ending, std::string const& another)
        : prefix_(std::move(prefix)),
          ending_(std::move(ending)),
          name_("ending " + prefix_ + " " + ending_ + another) {}

    std::string_view name() const noexcept override { return name_; }
    std::string_view prefix() const noexcept override { return prefix_; }
    bool matches(std::string_view topic) const noexcept override {
        ++asked_;
        return topic.ends_with(ending_);
    }

    int asked() const noexcept { return asked_; }

private:
    std::string const prefix_;
    std::string const ending_;
    std::string const name_;
    mutable std::atomic<int> asked_ = 0;
};

using matcher_ptr = std::shared_ptr<ending_matcher const>;

inline matcher_ptr for_ending(std::string prefix, std::string ending,
                              std::string const& another = {}) {
    return std::make_shared<ending_matcher>(std::move(prefix), std::move(ending), another);
}
