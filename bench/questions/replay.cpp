// What does it cost when all come back? All get messages at a steady rate. Then a part stays; the
// others leave, miss some messages, and come back all at once with the id of the last that they
// have had. Before that the same storm without ids: nobody is given what was missed, and it has
// ended when everybody has an answer.
#include "contest/server_contest.hpp"
#include "contest/server_readings.hpp"
#include "process/elapsed.hpp"
#include "process/failure.hpp"
#include "process/process_tree.hpp"
#include "questions/commands.hpp"

#include <fmt/format.h>

#include <functional>

namespace bench {
namespace {

constexpr std::chrono::milliseconds between_messages{200};
constexpr std::chrono::milliseconds between_looks{1};
constexpr std::uint32_t quiet_messages = 10;
constexpr int staying_share = 16;  // one in so many stays

int staying(options const& settings) { return std::max(settings.clients / staying_share, 1); }

class storms {
public:
    explicit storms(server_turn& turn)
        : turn_{turn},
          crowd_{turn.clients},
          staying_{{.target = turn.server.target(),
                    .clients = staying(turn.settings),
                    .timeout = turn.settings.timeout,
                    .first_source = 102},  // the crowd has the addresses before
                   nullptr} {}

    readings play() {
        auto const server = turn_.server.pid();
        if (server == 0) throw failure{"who forgets its clients must be known: give its --pid"};
        auto const files_before = open_files_of(server);
        staying_.connect_all();  // before the crowd, as they are before it in the storms
        files_without_crowd_ = files_before + static_cast<std::size_t>(staying(turn_.settings));
        crowd_.connect_all();
        publish();
        wait_until("the first message", [&] { return all_have(last_); });
        readings all;
        staying_.forget_latencies();
        auto due = swarm::clock::now();
        for (std::uint32_t i = 0; i < quiet_messages; ++i) {
            publish();
            due += between_messages;
            wait_until("a quiet moment", [&] { return swarm::clock::now() >= due; });
        }
        wait_until("the last message", [&] { return all_have(last_); });
        add(all, "p99 of those who stay, before", "ms", p99());
        storm(all, "without ids", false);
        storm(all, "with ids", true);
        throw_if_any(staying_.faults());
        return all;
    }

private:
    void publish() {
        staying_.expect(++last_, swarm::clock::now());
        turn_.publish(last_);
    }

    bool all_have(std::uint32_t number) const {
        return staying_.lacking(number) + crowd_.lacking(number) == 0;
    }

    /// Those who stay are read first, and often: the driver's work on the crowd is not to be taken
    /// for the server's delay.
    void wait_until(std::string_view what, std::function<bool()> const& done) {
        auto const deadline = swarm::clock::now() + turn_.settings.timeout;
        while (!done()) {
            if (swarm::clock::now() > deadline) throw failure{fmt::format("gave up: no {}", what)};
            staying_.read_ready();
            crowd_.linger(between_looks);
        }
    }

    void miss_messages() {
        crowd_.disconnect_all();
        await_forgotten(turn_, files_without_crowd_);
        for (int i = 0; i < turn_.settings.missed; ++i) publish();
        wait_until("what the others miss", [&] { return staying_.lacking(last_) == 0; });
        staying_.forget_latencies();
    }

    /// From the first connect until the last has what it has missed, or is answered.
    void storm(readings& all, std::string const& who, bool with_ids) {
        auto const had = last_;
        auto const id = staying_.last_id();
        if (with_ids && id.empty()) throw failure{"its events have no ids"};
        miss_messages();
        auto const missed = last_;
        cpu_meter const cpu{turn_.server.pid()};
        auto const start = swarm::clock::now();
        crowd_.come_back(with_ids ? fmt::format("Last-Event-ID: {}\r\n", id) : "",
                         with_ids ? had + 1 : 0);
        auto due = start;
        wait_until("end of the storm", [&] {
            if (swarm::clock::now() >= due) {
                publish();
                due += between_messages;
            }
            return with_ids ? crowd_.lacking(missed) == 0 : crowd_.all_greeted();
        });
        auto const took = seconds_since(start);
        auto const cpu_seconds = cpu.server_seconds();
        auto const count = turn_.settings.clients - staying(turn_.settings);
        add(all, "storm " + who + ", served", "s", took);
        add(all, "storm " + who + ", CPU per client", "us", cpu_seconds * 1e6 / count);
        wait_until("the last message", [&] { return staying_.lacking(last_) == 0; });
        add(all, "storm " + who + ", p99 of those who stay", "ms", p99());
        publish();  // who comes without an id may not have had any
        wait_until("the last message", [&] { return all_have(last_); });
    }

    double p99() const {
        return static_cast<double>(staying_.latencies().percentile(0.99).count()) / 1e6;
    }
    static void add(readings& all, std::string figure, std::string unit, double value) {
        all.push_back({std::move(figure), std::move(unit), value});
    }

    server_turn& turn_;
    swarm& crowd_;
    swarm staying_;
    std::size_t files_without_crowd_ = 0;
    std::uint32_t last_ = 0;
};

readings measure(server_turn& turn) { return storms(turn).play(); }

}  // namespace

contest_result run_replay(options const& settings) {
    auto own = settings;
    for (auto& who : own.contestants) who.apart = staying(settings);
    return run_server_contest(own, measure);
}

}  // namespace bench
