#include "application.hpp"

#include <fibercast/service/subscribing.hpp>
#include "app/process/event_flag.hpp"
#include "app/process/process_log.hpp"
#include "app/process/signal_watch.hpp"
#include "app/repl/repl_thread.hpp"
#include "app/repl/terminal.hpp"
#include "app/text/span_text.hpp"
#include "http/escape.hpp"

#include <fibercast/http/router.hpp>
#include <fibercast/runtime/log.hpp>
#include <fibercast/server/server.hpp>
#include <fibercast/sse/hub.hpp>

#include <fmt/format.h>
#include <spdlog/logger.h>

#include <unistd.h>

#include <chrono>
#include <string>
#include <system_error>

namespace fibercast::app {
namespace {

hub::options hub_options(options const& from) {
    return {.channel_capacity = from.channel_capacity,
            .overflow = from.overflow,
            .heartbeat = from.heartbeat,
            .history = from.history,
            .history_bytes = from.history_bytes,
            .history_age = from.history_age,
            .memory_limit = from.memory_limit};
}

server::options server_options(options const& from) {
    server::options settings;
    settings.host = from.host;
    settings.port = from.port;
    settings.workers = from.workers;
    settings.max_connections = from.max_connections;
    settings.tcp.user_timeout = from.peer_timeout;
    settings.tcp.unsent_limit = from.unsent_limit;
    settings.tcp.send_buffer = from.send_buffer;
    settings.handler_stack_size = from.handler_stack;
    settings.limits.bodies_bytes = from.bodies_limit;
    return settings;
}

bool start(server& serving, process_log& log) {
    try {
        serving.start();
        return true;
    } catch (std::system_error const& error) {
        log.write(fmt::format("fibercast: {}\n", escaped(error.what())));
        return false;
    }
}

void announce(server const& serving, process_log& log) {
    std::string addresses;
    for (auto const& each : serving.addresses())
        addresses += (addresses.empty() ? "http://" : " and http://") + each.text();
    auto const workers = serving.workers();
    log.write(fmt::format("listening on {} ({} worker{}, up to {} clients)\n", addresses, workers,
                          workers == 1 ? "" : "s", serving.max_connections()));
}

/// What was broadcast goes out first: half of the time is for that, so that one client that takes
/// nothing does not use up the time of all the others.
void drain(hub& clients, server& serving, std::chrono::milliseconds patience) {
    auto const until = after(patience);
    log().info("stopping: {} connected, {} to take what is left", clients.size(),
               span_text(patience));
    if (!clients.flush(after(patience / 2))) log().warn("not every client has got every broadcast");
    if (serving.stop(until - std::chrono::steady_clock::now()))
        log().info("stopped: all connections ended in peace");
}

}  // namespace

int run(options const& chosen) {
    process_log log(chosen.log_level);
    event_flag stop;
    terminal_modes const terminal(STDIN_FILENO);
    signal_watch const signals([&](int) { stop.set(); },
                               [&](int signal) {
                                   terminal.restore();
                                   ::_exit(128 + signal);
                               });
    hub clients(hub_options(chosen));
    router routes;
    routes.get("/", subscribe_to(clients, {.policies = chosen.allow_overflow,
                                           .max_clients = chosen.max_clients}));
    server serving(routes, server_options(chosen));
    repl_thread commands(clients, serving, log,
                         chosen.command_history ? history_file::of_user() : std::nullopt, stop);
    if (!start(serving, log)) return 1;
    announce(serving, log);
    log.flush(after(std::chrono::seconds(1)));  // before the prompt, on a terminal
    commands.start();
    stop.wait();
    drain(clients, serving, chosen.drain_timeout);
    if (commands.end()) return 0;
    // The line editor writes to a terminal that takes nothing, after ^S for instance.
    terminal.restore();
    log.flush(after(std::chrono::seconds(1)));
    ::_exit(0);
}

}  // namespace fibercast::app
