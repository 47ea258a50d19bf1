// How many clients does a machine hold? More than a process may open files for: several servers on
// a range of ports, and as many processes full of clients.
#include "clients/swarm.hpp"
#include "contest/commanded_process.hpp"
#include "contest/message_text.hpp"
#include "contest/server_process.hpp"
#include "contest/server_readings.hpp"
#include "process/elapsed.hpp"
#include "process/interruption.hpp"
#include "process/machine.hpp"
#include "process/memory_use.hpp"
#include "questions/commands.hpp"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <list>
#include <sstream>

namespace bench {
namespace {

constexpr int addresses_per_driver = 2;  // see swarm: an address has 10,000 clients

/// All the servers and all the drivers.
class fleet {
public:
    fleet(options const& settings, contestant const& who) : settings_{settings} {
        auto const self = std::filesystem::read_symlink("/proc/self/exe").string();
        for (int i = 0; i < settings.processes; ++i) {
            auto& server = servers_.emplace_back(
                who, settings.timeout, static_cast<std::uint16_t>(settings.first_port + i));
            std::vector<std::string> const words{
                self,
                "drive",
                "--url",
                fmt::format("http://127.0.0.1:{}/", server.target().port),
                "--clients",
                std::to_string(clients_of(i)),
                "--first-source",
                std::to_string(2 + i * addresses_per_driver),
                "--timeout",
                fmt::format("{}ms", settings.timeout.count())};
            drivers_.emplace_back(words, settings.driver_cores, settings.timeout);
        }
    }

    void connect_all(progress& display) {
        int connected = 0;
        int i = 0;
        for (auto& driver : drivers_) {
            driver.tell("connect");
            driver.hear([&](std::string_view remark) {
                int here = 0;
                if (!remark.starts_with("connected ")) return;
                std::from_chars(remark.data() + 10, remark.data() + remark.size(), here);
                display.update("connected", connected + here, settings_.clients);
            });
            connected += clients_of(i++);
        }
    }

    /// Returns when all clients have the message.
    void publish_and_wait(std::uint32_t number, latency_histogram& latencies) {
        auto const now = swarm::clock::now();
        std::chrono::nanoseconds const since_epoch = now.time_since_epoch();
        for (auto& driver : drivers_)
            driver.tell(fmt::format("await {} {}", number, since_epoch.count()));
        for (auto& server : servers_) {
            server.publisher()->publish(message_text(number, settings_.size));
            server.publisher()->go_on();
        }
        faults_ = {};
        for (auto& driver : drivers_) {
            std::istringstream answer{driver.hear()};
            delivery_faults here;
            answer >> here.lost >> here.out_of_order >> std::ws;
            faults_.lost += here.lost;
            faults_.out_of_order += here.out_of_order;
            std::string histogram;
            std::getline(answer, histogram);
            latencies.add(latency_histogram::parse(histogram));
        }
    }

    memory_use memory() const {
        memory_use sum;
        for (auto const& server : servers_) {
            auto const one = memory_use_of(server.pid());
            sum.pss += one.pss;
            sum.page_tables += one.page_tables;
            sum.kernel_slab = one.kernel_slab;  // the machine's
            sum.tcp_buffers = one.tcp_buffers;
        }
        return sum;
    }

    double cpu_seconds() const {
        double sum = 0;
        for (auto const& server : servers_) sum += cpu_time_of(server.pid()).total.count();
        return sum;
    }

    delivery_faults const& faults() const noexcept { return faults_; }

private:
    int clients_of(int process) const {
        int const rest = settings_.clients % settings_.processes;
        return settings_.clients / settings_.processes + (process < rest ? 1 : 0);
    }

    options const& settings_;
    std::list<server_process> servers_;
    std::list<commanded_process> drivers_;
    delivery_faults faults_;  // so far
};

readings measure_messages(options const& settings, fleet& all, progress& display) {
    latency_histogram latencies;
    samples until_last;
    auto const cpu_before = all.cpu_seconds();
    for (int i = 0; i < settings.messages; ++i) {
        auto const start = swarm::clock::now();
        all.publish_and_wait(static_cast<std::uint32_t>(2 + i), latencies);
        until_last.add(seconds_since(start));
        display.update("published", i + 1, settings.messages);
    }
    double const events = double(settings.clients) * settings.messages;
    readings found{{"CPU per event", "us", (all.cpu_seconds() - cpu_before) * 1e6 / events}};
    add_latencies(found, latencies);
    found.push_back({"until the last client has it", "ms", until_last.median() * 1e3});
    return found;
}

readings play(options const& settings, contestant const& who, progress& display) {
    fleet all{settings, who};
    pause_for(settings.settle);
    auto const memory_before = all.memory();
    auto const cpu_before = all.cpu_seconds();
    auto const start = swarm::clock::now();
    all.connect_all(display);
    auto const connected = seconds_since(start);
    auto const cpu = all.cpu_seconds() - cpu_before;
    latency_histogram warm_up;
    all.publish_and_wait(1, warm_up);
    pause_for(settings.settle);
    auto const added = all.memory() - memory_before;
    double const count = settings.clients;
    readings found{{"clients connected at once", "", count},
                   {"connects per second", "1/s", count / connected},
                   {"CPU per connect", "us", cpu * 1e6 / count},
                   {"memory (PSS) per client", "KiB", added.pss / count / 1024},
                   {"memory (PSS) of all servers", "MiB", all.memory().pss / (1 << 20)},
                   {"kernel slab per client", "bytes", added.kernel_slab / count},
                   {"TCP buffers per client", "bytes", added.tcp_buffers / count}};
    auto const more = measure_messages(settings, all, display);
    found.insert(found.end(), more.begin(), more.end());
    throw_if_any(all.faults());
    return found;
}

}  // namespace

contest_result run_scale(options const& settings) {
    make_room_for(settings.clients / settings.processes + 1);
    return run_contest(settings, [&](contestant const& who, progress& display) {
        return play(settings, who, display);
    });
}

}  // namespace bench
