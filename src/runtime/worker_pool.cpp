#include <fibercast/runtime/worker_pool.hpp>

#include "stall_watch.hpp"

#include <sched.h>

#include <algorithm>
#include <system_error>

namespace fibercast {
namespace {

/// Respects the affinity this process was started with, which hardware_concurrency does not
/// promise.
unsigned usable_processors() {
    cpu_set_t set;
    if (::sched_getaffinity(0, sizeof set, &set) != 0) return 1;
    return static_cast<unsigned>(std::max(CPU_COUNT(&set), 1));
}

}  // namespace

worker_pool::worker_pool(options const& settings) try : side_threads_(settings.side_threads) {
    unsigned const count = settings.workers != 0 ? settings.workers : usable_processors();
    stack_sizes const sizes{.fiber = settings.stack_size, .handler = settings.handler_stack_size};
    workers_.reserve(count);
    for (unsigned i = 0; i < count; ++i) {
        workers_.push_back(std::make_unique<worker>(i, sizes, side_threads_));
    }
    std::vector<turns const*> watched;
    for (auto const& each : workers_) watched.push_back(&each->turns());
    watch_ = std::make_unique<stall_watch>(watched, settings.stalls);
} catch (std::system_error const& failure) {
    throw std::system_error(failure.code(), "cannot start the worker and side threads");
}

worker_pool::~worker_pool() { stop(); }

std::vector<worker_handle> worker_pool::handles() const {
    std::vector<worker_handle> all;
    all.reserve(workers_.size());
    for (auto const& each : workers_) all.push_back(each->handle());
    return all;
}

void worker_pool::stop() {
    for (auto& each : workers_) each->stop();
    for (auto& each : workers_) each->wait_idle();
    for (auto& each : workers_) each->join();
    watch_.reset();
    workers_.clear();
    side_threads_.join();
}

}  // namespace fibercast
