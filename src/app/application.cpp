#include "application.hpp"

#include <fibercast/service/subscribing.hpp>
#include "app/process/event_flag.hpp"
#include "app/process/signal_watch.hpp"
#include "app/repl/repl_thread.hpp"
#include "app/repl/terminal.hpp"
#include "app/text/escape.hpp"
#include "app/text/span_text.hpp"

#include <fibercast/runtime/log.hpp>
#include <fibercast/server/server.hpp>
#include <fibercast/sse/hub.hpp>

#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <unistd.h>

#include <cstdio>
#include <sstream>
#include <system_error>
#include <utility>

namespace fibercast::app {
namespace {

void start_logging(spdlog::level::level_enum level) {
    auto logger = spdlog::stderr_color_mt("fibercast");
    logger->set_pattern("%Y-%m-%d %H:%M:%S.%e %^%l%$ %v");
    logger->set_level(level);
    set_logger(std::move(logger));
}

hub::options hub_options(options const& from) {
    return {.channel_capacity = from.channel_capacity,
            .overflow = from.overflow,
            .heartbeat = from.heartbeat};
}

server::options server_options(options const& from) {
    server::options settings;
    settings.host = from.host;
    settings.port = from.port;
    settings.workers = from.workers;
    settings.connection.user_timeout = from.peer_timeout;
    return settings;
}

bool start(server& serving, options const& chosen) {
    try {
        serving.start();
        return true;
    } catch (std::system_error const& error) {
        fmt::print(stderr, "fibercast: {} port {}: {}\n", escaped(chosen.host), chosen.port,
                   error.what());
        return false;
    }
}

void announce(server const& serving) {
    std::ostringstream address;
    address << serving.address();
    auto const workers = serving.workers();
    fmt::print(stderr, "listening on http://{} ({} worker{}, up to {} clients)\n", address.str(),
               workers, workers == 1 ? "" : "s", serving.max_connections());
}

/// What was broadcast goes out first: half of the time is for that, so that one client that takes
/// nothing does not use up the time of all the others.
void drain(hub& clients, server& serving, std::chrono::milliseconds patience) {
    auto const until = after(patience);
    log().info("stopping: {} connected, {} to take what is left", clients.size(),
               span_text(patience));
    if (!clients.flush(patience / 2)) log().warn("not every client has got every broadcast");
    if (serving.stop(until - std::chrono::steady_clock::now()))
        log().info("stopped: all connections ended in peace");
}

}  // namespace

int run(options const& chosen) {
    start_logging(chosen.log_level);
    event_flag stop;
    terminal_modes const terminal(STDIN_FILENO);
    signal_watch const signals([&](int) { stop.set(); },
                               [&](int signal) {
                                   terminal.restore();
                                   ::_exit(128 + signal);
                               });
    hub clients(hub_options(chosen));
    auto const routes = stream_routes(clients);
    server serving(routes, server_options(chosen));
    if (!start(serving, chosen)) return 1;
    announce(serving);
    console commands(clients, serving, stop);
    stop.wait();
    drain(clients, serving, chosen.drain_timeout);
    if (commands.end()) return 0;
    // A reader of our output that has stopped reading keeps the console's thread from ending.
    terminal.restore();
    ::_exit(0);
}

}  // namespace fibercast::app
