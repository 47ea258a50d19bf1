#include "application.hpp"

#include "access.hpp"
#include "admin_routes.hpp"
#include "app/drain.hpp"
#include "app/key_watch.hpp"
#include "app/most_clients.hpp"
#include "app/process/activation.hpp"
#include "app/process/environment.hpp"
#include "app/process/event_flag.hpp"
#include "app/process/process_log.hpp"
#include "app/process/service_manager.hpp"
#include "app/process/signal_watch.hpp"
#include "app/process/watchdog.hpp"
#include "app/public_routes.hpp"
#include "app/reload.hpp"
#include "app/repl/repl_thread.hpp"
#include "app/repl/terminal.hpp"
#include "app/settings.hpp"
#include "app/text/span_text.hpp"
#include "http/escape.hpp"

#include <fibercast/runtime/log.hpp>
#include <fibercast/server/server.hpp>
#include <fibercast/sse/hub.hpp>

#include <fmt/format.h>
#include <spdlog/logger.h>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace fibercast::app {
namespace {

/// What the service manager has opened. Throws `std::invalid_argument` when it is not what can be
/// used.
std::unique_ptr<activation> sockets_given(options const& chosen) {
    auto given =
        std::make_unique<activation>(take_environment("LISTEN_PID"), take_environment("LISTEN_FDS"),
                                     take_environment("LISTEN_FDNAMES"));
    require_loopback(given->for_operators());
    if (!given->for_operators().empty() && !chosen.admin)
        throw std::invalid_argument("there is a socket for operators, and --admin is off");
    return given;
}

/// What to do about it when the admin address is what cannot be had.
std::string hint(options const& chosen, std::string_view error) {
    if (!chosen.admin) return {};
    auto const mark =
        fmt::format("cannot listen on {} port {}:", chosen.admin->host, chosen.admin->port);
    if (!error.starts_with(mark)) return {};
    return "; that is the admin address: --admin 127.0.0.1:0 takes a free port, --admin off does "
           "without";
}

/// In any case on standard error, for whoever has started the program.
void say(process_log& log, std::string const& text) {
    log.write(text);
    if (log.in_file()) std::fputs(text.c_str(), stderr);
}

bool start(server& serving, options const& chosen, process_log& log) {
    try {
        serving.start();
        return true;
    } catch (std::system_error const& error) {
        say(log,
            fmt::format("fibercast: {}{}\n", escaped(error.what()), hint(chosen, error.what())));
        return false;
    }
}

std::string urls(std::vector<socket_address> const& of) {
    std::string all;
    for (auto const& each : of) all += (all.empty() ? "http://" : " and http://") + each.text();
    return all;
}

std::string announcement(server const& serving, std::optional<std::size_t> max_clients) {
    auto const workers = serving.workers();
    auto const connections = serving.max_connections();
    auto const limit = most_clients(max_clients, connections);
    return fmt::format("listening on {} ({} worker{}, up to {} clients)", urls(serving.addresses()),
                       workers, workers == 1 ? "" : "s",
                       limit == 0 ? connections : std::min(limit, connections));
}

void announce(server const& serving, options const& chosen, std::optional<std::size_t> admin,
              process_log& log, service_manager& manager) {
    auto const listening = announcement(serving, chosen.max_clients);
    say(log, listening + '\n');
    if (admin) say(log, fmt::format("admin on {}\n", urls(serving.addresses(*admin))));
    access::remark(chosen.access);
    log.flush(after(std::chrono::seconds(1)));  // before the prompt, on a terminal
    manager.ready(listening);
}

/// Watches the files of the keys as long as it exists, if there are some.
std::unique_ptr<key_watch> watch_over(std::shared_ptr<key_ring> const& keys,
                                      access_options const& chosen) {
    return chosen.has_keys() ? std::make_unique<key_watch>(keys) : nullptr;
}

/// Feeds the manager's watchdog as long as it exists, if there is one.
std::unique_ptr<watchdog> watchdog_for(service_manager& manager, server const& serving,
                                       std::optional<std::chrono::microseconds> time) {
    if (!time) return nullptr;
    return std::make_unique<watchdog>(serving.worker_handles(), *time,
                                      [&manager] { manager.alive(); });
}

}  // namespace

int run(options const& chosen, std::function<parsed_options()> const& read_again) {
    auto const given = sockets_given(chosen);  // first: it has the lowest descriptors
    service_manager manager(take_environment("NOTIFY_SOCKET"));
    auto const time =
        watchdog_time(take_environment("WATCHDOG_USEC"), take_environment("WATCHDOG_PID"));
    access const by(chosen);
    process_log log(chosen.log_level, chosen.log_format, chosen.log_file);
    event_flag stop;
    terminal_modes const terminal(STDIN_FILENO);
    signal_watch const signals(
        [&](int) { stop.set(); },
        [&](int signal) {
            terminal.restore();
            ::_exit(128 + signal);
        },
        [&] {
            log.terminal_is_gone() ? stop.set() : reload(log, manager, *by.keys(), read_again);
        });
    hub clients(hub_settings(chosen));
    std::unique_ptr<server> serving;
    auto const limits = stream_settings(chosen, serving);
    serving = std::make_unique<server>(public_routes(clients, chosen, by, limits),
                                       server_settings(chosen, given->for_clients()));
    // Last, so that it answers until the clients are gone.
    std::optional<std::size_t> admin;
    if (chosen.admin)
        admin = serving->listen(admin_endpoint(chosen, given->for_operators()),
                                admin_routes(clients, *serving, *by.rules().tokens, stop, limits));
    repl_thread commands(clients, *serving, log,
                         chosen.command_history ? history_file::of_user() : std::nullopt, stop);
    if (!start(*serving, chosen, log)) return 1;
    given->close();  // the server has its own
    auto const watching = watch_over(by.keys(), chosen.access);
    auto const feeding = watchdog_for(manager, *serving, time);
    announce(*serving, chosen, admin, log, manager);
    commands.start();
    stop.wait();
    manager.stopping(fmt::format("stopping: {} connected", clients.size()));
    drain(clients, *serving, chosen.drain, chosen.drain_timeout);
    if (commands.end()) return 0;
    // The line editor writes to a terminal that takes nothing, after ^S for instance.
    terminal.restore();
    log.flush(after(std::chrono::seconds(1)));
    ::_exit(0);
}

}  // namespace fibercast::app
