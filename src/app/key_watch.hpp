#pragma once

#include <fibercast/access/key_ring.hpp>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace fibercast::app {

/// Reads the files of keys again when they have changed, as long as it exists. On a thread of its
/// own, as files can be slow; what is wrong with them is in the log, and the keys stay.
class key_watch {
public:
    explicit key_watch(std::shared_ptr<key_ring> keys,
                       std::chrono::milliseconds interval = std::chrono::seconds(2));
    ~key_watch();
    key_watch(key_watch const&) = delete;
    key_watch& operator=(key_watch const&) = delete;

private:
    void watch(std::chrono::milliseconds interval);

    std::shared_ptr<key_ring> const keys_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool over_ = false;   // under mutex_
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace fibercast::app
