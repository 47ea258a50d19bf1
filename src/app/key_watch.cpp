#include "key_watch.hpp"

#include <fibercast/runtime/log.hpp>

#include <spdlog/logger.h>

#include <exception>
#include <utility>

namespace fibercast::app {
namespace {

void look_at(key_ring& keys) noexcept {
    try {
        if (keys.reload_if_changed()) log().info("access: the keys have changed, and are read");
    } catch (std::exception const& failure) {
        log().error("access: the keys stay as they were: {}", failure.what());
    }
}

}  // namespace

key_watch::key_watch(std::shared_ptr<key_ring> keys, std::chrono::milliseconds interval)
    : keys_(std::move(keys)), thread_([this, interval] { watch(interval); }) {}

key_watch::~key_watch() {
    {
        std::lock_guard const held(mutex_);
        over_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void key_watch::watch(std::chrono::milliseconds interval) {
    std::unique_lock held(mutex_);
    while (!wake_.wait_for(held, interval, [this] { return over_; })) {
        held.unlock();
        look_at(*keys_);
        held.lock();
    }
}

}  // namespace fibercast::app
