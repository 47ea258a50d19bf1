#pragma once

#include <fibercast/sse/reader_rights.hpp>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

/// Rights to read what is about some topics, which count how often they are asked.
class some_rights final : public fibercast::reader_rights {
public:
    explicit some_rights(std::vector<std::string> to) : to_(std::move(to)) {}

    bool may_read(std::span<fibercast::event_topic const> topics) const noexcept override {
        ++asked_;
        return std::any_of(topics.begin(), topics.end(), [&](auto const& each) {
            return std::find(to_.begin(), to_.end(), each.text) != to_.end();
        });
    }

    int asked() const noexcept { return asked_; }

private:
    std::vector<std::string> const to_;
    mutable std::atomic<int> asked_ = 0;
};

using rights_ptr = std::shared_ptr<some_rights const>;

inline rights_ptr rights_to(std::vector<std::string> topics) {
    return std::make_shared<some_rights>(std::move(topics));
}
