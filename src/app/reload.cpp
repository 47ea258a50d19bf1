#include "reload.hpp"

#include <fibercast/runtime/log.hpp>

#include <spdlog/logger.h>

#include <exception>
#include <stdexcept>
#include <variant>

namespace fibercast::app {
namespace {

void take_over(process_log& to, parsed_options const& read) {
    if (auto const* const wrong = std::get_if<early_end>(&read)) {
        log().error("reload: the configuration stays as it was: {}", wrong->reason);
        return;
    }
    to.set_level(std::get<options>(read).log_level);
    log().info("reload: the configuration was read again, for log-level alone");
}

void reopen(process_log& to) {
    to.reopen();
    if (to.in_file())
        log().info("reload: the log file was opened again");
    else
        log().info("reload: there is no log file to open again");
}

void read_again(key_ring& keys) {
    if (keys.keys()->issuers.empty()) return;
    try {
        keys.reload();
    } catch (std::runtime_error const& failure) {
        log().error("reload: the keys stay as they were: {}", failure.what());
        return;
    }
    log().info("reload: the keys were read again");
}

/// The one does not depend on the other.
template <typename Step>
void attempt(Step const& step) {
    try {
        step();
    } catch (std::exception const& failure) {
        log().error("reload: {}", failure.what());
    }
}

}  // namespace

void reload(process_log& log, service_manager& manager, key_ring& keys,
            std::function<parsed_options()> const& read_options) {
    attempt([&] { manager.reloading(); });
    attempt([&] { reopen(log); });
    attempt([&] { take_over(log, read_options()); });
    attempt([&] { read_again(keys); });
    attempt([&] { manager.reloaded(); });
}

}  // namespace fibercast::app
