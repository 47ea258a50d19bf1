#include <fibercast/server/server.hpp>

#include "connection_table.hpp"
#include "listener.hpp"

#include <fibercast/runtime/log.hpp>
#include <fibercast/runtime/one_shot.hpp>
#include <fibercast/runtime/worker_pool.hpp>
#include "open_files.hpp"

#include <boost/asio/io_context.hpp>

#include <spdlog/logger.h>

#include <algorithm>
#include <cassert>
#include <deque>
#include <optional>
#include <utility>

namespace fibercast {
namespace {

using boost::asio::ip::tcp;

/// Blocks the thread: the server is not running yet.
tcp::endpoint resolve(std::string const& host, std::uint16_t port) {
    boost::asio::io_context io;
    boost::system::error_code error;
    auto const found =
        tcp::resolver(io).resolve(host, std::to_string(port), tcp::resolver::passive, error);
    if (error) throw std::system_error(error, "cannot resolve the host");
    return found.begin()->endpoint();
}

std::size_t connection_limit(std::size_t asked) {
    auto const possible = clients_within(raise_open_file_limit());
    return asked == 0 ? possible : std::min(asked, possible);
}

}  // namespace

struct server::running {
    running(router const& routes, options const& settings);
    ~running() { stop(after(default_patience)); }

    void listen();
    bool stop(deadline until);
    bool drain(deadline until);

    options const settings;
    std::size_t const max_connections;
    listening_socket socket;
    tcp::endpoint const address;
    std::atomic<std::size_t> connections = 0;
    worker_pool workers;
    std::size_t const worker_count;
    listener::tables tables;
    std::optional<listener> listening;
    std::optional<fiber_group> accepting;
    bool stopped = false;
    bool drained = true;
};

server::running::running(router const& routes, options const& chosen)
    : settings(chosen),
      max_connections(connection_limit(settings.max_connections)),
      socket(resolve(settings.host, settings.port), settings.connection),
      address(socket.address()),
      workers({.workers = settings.workers, .stack_size = settings.stack_size}),
      worker_count(workers.size()) {
    for (auto& each : workers) {
        tables.push_back(
            std::make_unique<connection_table>(*each, routes, settings.limits, connections));
    }
}

void server::running::listen() {
    workers[0].call([this] {
        listening.emplace(socket, tables, connections, max_connections);
        accepting.emplace(workers[0].stacks());
        accepting->spawn([this] { listening->run(); });
    });
    if (!stack_pool::guards_all()) {
        log().warn(
            "this kernel has no MADV_GUARD_INSTALL (Linux 6.13): only the first 8192 stacks are "
            "guarded");
    }
}

bool server::running::stop(deadline until) {
    if (std::exchange(stopped, true)) return drained;
    workers[0].call([this] {
        if (!listening) return;
        listening->close();
        accepting->join();
    });
    drained = drain(until);
    workers.stop();
    return drained;
}

/// All workers at once; waits for the last.
bool server::running::drain(deadline until) {
    struct draining {
        one_shot done;
        bool polite = true;
    };
    std::deque<draining> all;
    for (auto& each : tables) {
        auto& mine = all.emplace_back();
        each->home().post([&mine, &table = *each, until] {
            table.home().fibers().spawn([&mine, &table, until] {
                mine.polite = table.drain(until);
                mine.done.set();
            });
        });
    }
    for (auto& each : all) each.done.wait();
    return std::all_of(all.begin(), all.end(), [](draining const& each) { return each.polite; });
}

server::server(router const& routes, options settings)
    : routes_(routes), settings_(std::move(settings)) {}

server::~server() = default;

void server::start() {
    assert(!running_ && "a server starts once");
    running_ = std::make_unique<running>(routes_, settings_);
    running_->listen();  // only now: a handler may ask for our stats
}

bool server::stop(std::chrono::steady_clock::duration patience) {
    return !running_ || running_->stop(after(patience));
}

tcp::endpoint server::address() const { return running_->address; }

std::size_t server::workers() const noexcept { return running_->worker_count; }

std::size_t server::max_connections() const noexcept { return running_->max_connections; }

server_stats server::stats() const noexcept {
    server_stats stats;
    if (!running_) return stats;
    stats.connections = running_->connections.load(std::memory_order_relaxed);
    if (auto const& listening = running_->listening) {
        stats.accepted = listening->accepted();
        stats.pauses = listening->pauses();
    }
    return stats;
}

}  // namespace fibercast
