// What does it cost when all come back? All get messages at a steady rate. Then a part stays; the
// others leave, miss some messages, and come back all at once with the id of the last that they
// have had. Before that the same storm without ids: nobody is given what was missed, and it has
// ended when everybody has got something.
#include "contest/message_text.hpp"
#include "contest/server_contest.hpp"
#include "contest/server_readings.hpp"
#include "process/elapsed.hpp"
#include "questions/commands.hpp"

#include <fmt/format.h>

namespace bench {
namespace {

constexpr std::chrono::milliseconds between_messages{200};
constexpr std::chrono::milliseconds between_looks{5};
constexpr int quiet_messages = 10;
constexpr int staying_share = 16;  // one in so many stays

class storms {
public:
    explicit storms(server_turn& turn)
        : turn_{turn}, staying_{static_cast<std::size_t>(turn.settings.clients / staying_share)} {}

    readings play() {
        turn_.clients.connect_all();
        publish_many(turn_.settings.history);
        readings all;
        turn_.clients.measure_first(staying_);
        for (int i = 0; i < quiet_messages; ++i) publish_in_time();
        add(all, "p99 of those who stay, before", "ms", p99());
        turn_.clients.leave(staying_);
        storm(all, "without ids", false);
        turn_.clients.leave(staying_);
        storm(all, "with ids", true);
        return all;
    }

private:
    void publish(std::uint32_t number) {
        turn_.clients.expect(number, swarm::clock::now());
        // Its number is its id too, which is what they come back with.
        turn_.server.publisher()->publish(
            fmt::format("--id {} {}", number, message_text(number, turn_.settings.size)));
        turn_.server.publisher()->go_on();
    }
    void publish_many(int count) {
        for (int i = 0; i < count; ++i) publish(++last_);
        turn_.clients.await_message(last_);
    }
    void publish_in_time() {
        publish(++last_);
        turn_.clients.linger(between_messages);
    }

    /// From the first connect until the last has what it has missed, or is there.
    void storm(readings& all, std::string const& who, bool with_ids) {
        auto const had = last_;
        for (int i = 0; i < turn_.settings.missed; ++i) publish(++last_);
        turn_.clients.linger(between_messages);
        turn_.clients.forget_latencies();
        cpu_meter const cpu{turn_.server.pid()};
        auto const start = swarm::clock::now();
        turn_.clients.come_back(
            with_ids ? fmt::format("Last-Event-ID: {}\r\n", had) : "",
            with_ids ? swarm::expecting::what_follows : swarm::expecting::anything);
        auto const missed = last_;
        auto next = start;
        do {
            if (swarm::clock::now() >= next) {
                publish(++last_);
                next += between_messages;
            }
            turn_.clients.linger(between_looks);
        } while (turn_.clients.lacking(with_ids ? missed : missed + 1) > 0);
        add(all, "storm " + who + ", served", "s", seconds_since(start));
        auto const count = turn_.settings.clients - static_cast<double>(staying_);
        add(all, "storm " + who + ", CPU per client", "us", cpu.server_seconds() * 1e6 / count);
        add(all, "storm " + who + ", p99 of those who stay", "ms", p99());
        turn_.clients.await_message(last_);
    }

    double p99() const {
        return static_cast<double>(turn_.clients.latencies().percentile(0.99).count()) / 1e6;
    }
    static void add(readings& all, std::string figure, std::string unit, double value) {
        all.push_back({std::move(figure), std::move(unit), value});
    }

    server_turn& turn_;
    std::size_t const staying_;
    std::uint32_t last_ = 0;
};

readings measure(server_turn& turn) { return storms(turn).play(); }

}  // namespace

contest_result run_replay(options const& settings) { return run_server_contest(settings, measure); }

}  // namespace bench
