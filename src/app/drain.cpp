#include "drain.hpp"

#include "app/text/span_text.hpp"

#include <fibercast/runtime/log.hpp>

#include <spdlog/logger.h>

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace fibercast::app {
namespace {

constexpr std::chrono::seconds between_remarks{1};

/// Says how many are left, as long as it exists.
class progress_remarks {
public:
    explicit progress_remarks(hub& of)
        : remarking_([this, &of](std::stop_token const& over) {
              std::unique_lock held(mutex_);
              while (!ended_.wait_for(held, over, between_remarks, [] { return false; })) {
                  if (over.stop_requested()) return;
                  if (auto const left = of.size(); left != 0)
                      log().info("stopping: {} still connected", left);
              }
          }) {}

private:
    std::mutex mutex_;
    std::condition_variable_any ended_;
    std::jthread remarking_;  // last: it uses the others
};

}  // namespace

void drain(hub& clients, server& serving, std::chrono::milliseconds spread,
           std::chrono::milliseconds patience) {
    serving.stop_accepting();
    std::chrono::milliseconds const one_by_one(clients.size());
    auto const over = std::min(spread, one_by_one);
    log().info("stopping: {} connected, to be ended within {}, and {} to take what is left",
               clients.size(), span_text(over), span_text(patience));
    std::optional<progress_remarks> remarks;
    try {
        remarks.emplace(clients);
    } catch (std::exception const& failure) {  // no thread: then nothing is said
        log().warn("how many are left will not be said: {}", failure.what());
    }
    // Half of the time is for what was broadcast, so that one client that takes nothing does not
    // use up the time of all the others.
    if (!clients.flush(after(patience / 2))) log().warn("not every client has got every broadcast");
    try {
        clients.drain(over);
    } catch (std::exception const& failure) {  // no memory: then all at once
        log().warn("the streams end at once: {}", failure.what());
    }
    bool const polite = serving.stop(patience);
    remarks.reset();
    if (polite) log().info("stopped: all connections ended in peace");
}

}  // namespace fibercast::app
