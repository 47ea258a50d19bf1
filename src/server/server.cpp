#include <fibercast/server/server.hpp>

#include "open_endpoint.hpp"
#include "open_files.hpp"
#include "server_counters.hpp"

#include <fibercast/runtime/log.hpp>
#include <fibercast/runtime/worker_pool.hpp>

#include <spdlog/logger.h>

#include <algorithm>
#include <cerrno>
#include <deque>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

namespace fibercast {
namespace {

/// What an endpoint has at least when its turn to drain comes: for its idle connections to end.
constexpr std::chrono::milliseconds least_patience{100};

void require_no_worker(char const* what) {
    if (worker::current() == nullptr) return;
    throw std::logic_error(
        std::string(what) +
        " blocks its thread: it is not for handlers and other fibers of workers");
}

}  // namespace

struct server::running {
    running(options const& settings, std::vector<served_endpoint> const& all,
            server_counters& counters);
    ~running() { stop(after(default_patience)); }

    void listen();
    bool stop(deadline until) noexcept;

    server_counters& counters;
    std::deque<open_endpoint> endpoints;
    worker_pool workers;
    std::size_t const worker_count;
    std::size_t max_connections = 0;
    bool stopped = false;
    bool drained = true;
};

server::running::running(options const& settings, std::vector<served_endpoint> const& all,
                         server_counters& counts)
    : counters(counts),
      endpoints([&] {
          std::deque<open_endpoint> bound;
          for (auto const& each : all) bound.emplace_back(each.at, each.answer, counts);
          return bound;
      }()),
      workers({.workers = settings.workers,
               .stack_size = settings.stack_size,
               .handler_stack_size = settings.handler_stack_size,
               .side_threads = settings.side_threads,
               .stalls = &counts.stalls}),
      worker_count(workers.size()),
      max_connections(settings.max_connections) {}

void server::running::listen() {
    auto const possible = clients_within(raise_open_file_limit(), open_files());
    if (possible == 0)
        throw std::system_error(EMFILE, std::system_category(), "no client could be accepted");
    std::size_t extra = 0;
    for (auto const& each : endpoints) extra = std::max(extra, each.extra_connections());
    auto const most = possible - std::min(extra, possible - 1);
    max_connections = max_connections == 0 ? most : std::min(max_connections, most);
    for (auto& each : endpoints) each.start(workers);
    for (auto& each : endpoints) each.listen(max_connections);
    if (!stack_pool::guards_all()) {
        log().warn(
            "this kernel has no MADV_GUARD_INSTALL (Linux 6.13): no more than 8192 fibers' stacks "
            "are guarded");
    }
}

bool server::running::stop(deadline until) noexcept {
    if (std::exchange(stopped, true)) return drained;
    counters.stopping = true;
    for (auto& each : endpoints) {
        drained = each.drain(until) && drained;
        until = std::max(until, after(least_patience));
    }
    workers.stop();
    return drained;
}

server::server(handler answer, options settings)
    : settings_(std::move(settings)), counters_(std::make_unique<server_counters>()) {
    listen({.host = settings_.host,
            .port = settings_.port,
            .limits = settings_.limits,
            .tcp = settings_.tcp,
            .sockets = settings_.sockets},
           std::move(answer));
}

server::~server() {
    // A handler that destroys its server would wait for itself.
    if (running_ && !running_->stopped) require_no_worker("~server");
}

std::size_t server::listen(endpoint at, handler answer) {
    if (running_) throw std::logic_error("an endpoint is added before the server starts");
    if (!answer) throw std::logic_error("an endpoint has a handler");
    endpoints_.push_back({std::move(at), std::move(answer)});
    return endpoints_.size() - 1;
}

void server::start() {
    require_no_worker("server::start");
    if (running_) throw std::logic_error("a server starts once");
    counters_->stopping = false;  // of a start that has failed
    running_ = std::make_unique<running>(settings_, endpoints_, *counters_);
    try {
        running_->listen();  // only now: a handler may ask what we know
    } catch (...) {
        running_.reset();
        throw;
    }
}

bool server::stop() { return stop(default_patience); }

bool server::stop_until(deadline until) {
    require_no_worker("server::stop");
    return !running_ || running_->stop(until);
}

server::running const& server::started() const {
    if (!running_) throw std::logic_error("the server has not been started");
    return *running_;
}

void server::stop_accepting(std::size_t number) {
    require_no_worker("server::stop_accepting");
    if (number >= started().endpoints.size())
        throw std::logic_error("the server has no such endpoint");
    running_->endpoints[number].stop_accepting();
}

std::vector<socket_address> server::addresses(std::size_t number) const {
    auto const& all = started().endpoints;
    if (number >= all.size()) throw std::logic_error("the server has no such endpoint");
    return all[number].addresses();
}

std::size_t server::workers() const { return started().worker_count; }

std::vector<worker_handle> server::worker_handles() const { return started().workers.handles(); }

std::size_t server::max_connections() const { return started().max_connections; }

server_stats server::stats() const noexcept {
    auto const of = [](auto const& counter) { return counter.load(std::memory_order_relaxed); };
    auto const& all = *counters_;
    return {.connections = of(all.connections),
            .accepted = of(all.accepted),
            .pauses = of(all.pauses),
            .refused = of(all.refused),
            .rejected = of(all.requests.rejected),
            .timed_out = of(all.requests.timed_out),
            .cut = of(all.cut),
            .stalls = of(all.stalls),
            .stopping = of(all.stopping)};
}

}  // namespace fibercast
