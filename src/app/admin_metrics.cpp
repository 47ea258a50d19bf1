#include "admin_metrics.hpp"

#include "app/process/process_use.hpp"

#include <fibercast/runtime/blocking.hpp>
#include <fibercast/version.hpp>

#include <chrono>
#include <cstddef>
#include <optional>

namespace fibercast::app {
namespace {

double real(auto count) { return static_cast<double>(count); }

}  // namespace

metric_collector server_metrics(server const& of) {
    return [&of](metric_writer& to) {
        auto const now = of.stats();
        to.gauge("fibercast_workers", "Worker threads.", real(of.workers()));
        to.gauge("fibercast_connections", "Open connections, those for operators included.",
                 real(now.connections));
        to.gauge("fibercast_connections_limit", "Connections beyond which more wait unaccepted.",
                 real(of.max_connections()));
        to.counter("fibercast_connections_accepted_total", "Connections that were accepted.",
                   real(now.accepted));
        to.counter("fibercast_connections_refused_total",
                   "Connections closed without an answer, for there was no memory for them.",
                   real(now.refused));
        to.counter("fibercast_connections_cut_total",
                   "Connections that had not ended when stopping was to be over.", real(now.cut));
        to.counter("fibercast_accept_pauses_total",
                   "Times that accepting had to wait for descriptors or for room.",
                   real(now.pauses));
        to.counter("fibercast_requests_rejected_total",
                   "Requests answered with an error before a handler saw them.",
                   real(now.rejected));
        to.counter("fibercast_requests_timed_out_total", "Requests that did not arrive in time.",
                   real(now.timed_out));
        to.counter("fibercast_worker_stalls_total",
                   "Times that one fiber kept its worker for more than 100 ms.", real(now.stalls));
        to.gauge("fibercast_stopping", "1 when the server has been told to stop.",
                 now.stopping ? 1 : 0);
    };
}

metric_collector process_metrics() {
    using namespace std::chrono;
    double const started = duration<double>(system_clock::now().time_since_epoch()).count();
    return [started](metric_writer& to) {
        // The kernel goes through all pages of the process for it.
        auto const now = blocking([] { return own_use(); });
        auto const bytes = [](std::optional<std::size_t> kib) {
            return real(kib.value_or(0)) * 1024;
        };
        to.gauge("fibercast_build_info", "Always 1, for its version.", "version",
                 {{FIBERCAST_VERSION, 1}});
        to.counter("process_cpu_seconds_total", "Processor time, in the program and the kernel.",
                   duration<double>(now.user + now.system).count());
        to.gauge("process_resident_memory_bytes", "Memory that is mapped and present.",
                 bytes(now.rss_kib));
        to.gauge("process_proportional_memory_bytes",
                 "The process's own memory and its share of what it shares.", bytes(now.pss_kib));
        to.gauge("process_start_time_seconds", "When it started, since 1970.", started);
    };
}

}  // namespace fibercast::app
