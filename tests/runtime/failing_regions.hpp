#pragma once

#include "runtime/compact_heap.hpp"

#include <atomic>

/// While one lives, the heaps that are made get their regions here: as many as it says.
class failing_regions final : public fibercast::region_source {
public:
    explicit failing_regions(int left) : left_(left) {}
    ~failing_regions() { exchange(before_); }

    void allow(int more) noexcept { left_ = more; }
    int mapped() const noexcept { return mapped_; }

    void* map() noexcept override {
        if (left_ <= 0) return nullptr;
        --left_;
        ++mapped_;
        return region_source::map();
    }
    void unmap(void* region) noexcept override {
        --mapped_;
        region_source::unmap(region);
    }

private:
    std::atomic<int> left_;
    std::atomic<int> mapped_ = 0;
    fibercast::region_source& before_ = exchange(*this);
};
