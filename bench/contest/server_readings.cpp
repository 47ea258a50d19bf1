#include "contest/server_readings.hpp"

#include <fmt/format.h>

namespace bench {

cpu_meter::cpu_meter(pid_t server)
    : server_{server},
      server_before_{server != 0 ? cpu_time_of(server) : cpu_time{}},
      driver_before_{own_cpu_time()} {}

void cpu_meter::add_to(readings& all, std::string_view unit, double count) const {
    auto const add = [&](std::string figure, cpu_time::duration cpu) {
        all.push_back({std::move(figure), "us", cpu.count() * 1e6 / count});
    };
    if (server_ != 0) {
        auto const used = cpu_time_of(server_) - server_before_;
        add(fmt::format("CPU per {}", unit), used.total);
        add(fmt::format("  of it user, per {}", unit), used.user);
        add(fmt::format("  of it system, per {}", unit), used.system);
    }
    add(fmt::format("driver's CPU per {}", unit), own_cpu_time() - driver_before_);
}

double cpu_meter::server_seconds() const {
    return server_ == 0 ? 0 : (cpu_time_of(server_) - server_before_).total.count();
}

double cpu_meter::driver_seconds() const { return (own_cpu_time() - driver_before_).count(); }

void add_latencies(readings& all, latency_histogram const& latencies) {
    auto const add = [&](std::string figure, std::chrono::nanoseconds latency) {
        all.push_back({std::move(figure), "ms", static_cast<double>(latency.count()) / 1e6});
    };
    add("latency p50", latencies.percentile(0.50));
    add("latency p99", latencies.percentile(0.99));
    add("latency max", latencies.max());
}

}  // namespace bench
