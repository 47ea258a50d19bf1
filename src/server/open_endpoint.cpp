#include "open_endpoint.hpp"

#include "binding.hpp"

namespace fibercast {

open_endpoint::open_endpoint(endpoint const& at, handler const& answer, server_counters& counters)
    : at_(at), answer_(answer), counters_(counters), sockets_(bind_to(at)) {
    for (auto const& each : sockets_) addresses_.push_back(each.address());
}

void open_endpoint::start(worker_pool& workers) {
    for (auto& each : workers) tables_.emplace_back(*each, at_, answer_, counters_).start();
    for (std::size_t i = 0; i < sockets_.size(); ++i)
        listeners_.emplace_back(workers[0], tables_, counters_);
}

void open_endpoint::listen(std::size_t max) {
    listen_on(sockets_, at_);
    for (std::size_t i = 0; i < sockets_.size(); ++i)
        listeners_[i].start(sockets_[i], max + at_.extra_connections);
}

void open_endpoint::stop_accepting() noexcept {
    std::call_once(accepts_no_more_, [this] {
        for (auto& each : listeners_) each.close();
    });
}

bool open_endpoint::drain(deadline until) noexcept {
    stop_accepting();
    for (auto& each : tables_) each.begin_drain(until);
    bool polite = true;
    for (auto& each : tables_) polite = each.wait_drained() && polite;
    return polite;
}

}  // namespace fibercast
