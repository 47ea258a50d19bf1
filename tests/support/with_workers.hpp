#pragma once

#include "support/open_descriptors.hpp"

#include <fibercast/runtime/worker_pool.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <utility>

/// A fixture with two workers, which checks at its end that no fiber and no descriptor is left.
class with_workers {
protected:
    ~with_workers() {
        for (auto& each : pool_) {
            // The call itself is one fiber.
            CHECK(each->call([&] { return each->fibers().size(); }) == 1);
        }
        pool_.stop();
        CHECK(open_descriptors() == descriptors_before_);
    }

    /// Runs `function` in a fiber of a worker and waits for its result.
    template <std::invocable F>
    auto on_worker(std::size_t index, F function) {
        return pool_[index].call(std::move(function));
    }

    fibercast::worker_pool& pool() noexcept { return pool_; }

private:
    std::size_t const descriptors_before_ = open_descriptors();
    fibercast::worker_pool pool_{{.workers = 2}};
};
