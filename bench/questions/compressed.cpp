// What does it cost to send HTML compressed? Fragments of a live page reach many clients, each with
// a content coding, at a rate. The next is published when it is due and all have the one before:
// nobody gathers several, and saves work by being late. Who cannot keep up goes at its own pace,
// which is a figure, too. At first only some rows of the page change, then all is new each time.
//
// One core cannot decode for all. A sample of the clients decodes everything and compares each
// event with what was published; of the others the bytes are counted. That all got everything is
// known by the server's own count and by those bytes: nobody lacks half an event of the sample's.
#include "clients/metrics_page.hpp"
#include "clients/sample_readers.hpp"
#include "contest/html_fragments.hpp"
#include "contest/server_contest.hpp"
#include "contest/server_readings.hpp"
#include "process/elapsed.hpp"
#include "process/failure.hpp"
#include "process/memory_use.hpp"
#include "process/words.hpp"
#include "questions/commands.hpp"

#include <fmt/format.h>
#include <boost/algorithm/string/replace.hpp>

#include <algorithm>
#include <functional>
#include <numeric>

namespace bench {
namespace {

constexpr int settling = 5;  // messages of each kind that are not measured: windows fill
constexpr std::chrono::milliseconds for_the_rest{50};  // of what has begun to arrive

std::vector<std::string> fragments(options const& settings) {
    fragment_series series{.size = settings.size, .changed = settings.changed};
    int const count = settling + settings.messages;
    auto all = changing_fragments(series, count);
    series.first_number += count;
    std::ranges::move(new_fragments(series, count), std::back_inserter(all));
    return all;
}

void publish_next(server_turn& turn, message_sequence& messages) {
    auto* const publisher = turn.server.publisher();
    if (!publisher) throw failure{"a server that runs already has no stdin: give --publish URL"};
    auto const& text = messages.publish_next();
    turn.clients.expect(messages.published(), swarm::clock::now());
    publisher->publish(text);
    publisher->go_on();
    turn.clients.await_message(messages.published());
    turn.display.update("published", static_cast<int>(messages.published()),
                        static_cast<int>(messages.size()));
}

/// Reads on until `done`, in which `what` is missing otherwise.
void await_rest(server_turn& turn, std::string_view what, std::function<bool()> const& done) {
    auto const deadline = swarm::clock::now() + turn.settings.timeout;
    for (turn.clients.linger(for_the_rest); !done(); turn.clients.linger(for_the_rest)) {
        if (swarm::clock::now() > deadline) throw failure{std::string{what}};
    }
}

/// How many events the server says that it has delivered; nothing if it does not tell.
std::optional<double> server_count(server_turn& turn) {
    if (turn.who.deliveries_page.empty()) return std::nullopt;
    auto const page = parse_url(with_ports(turn.who.deliveries_page, turn.server.ports()));
    return metric_in(read_metrics_page(page), turn.who.deliveries_metric);
}

/// What came to each client since the making of this.
class byte_meter {
public:
    explicit byte_meter(server_turn& turn) : turn_{turn}, before_{turn.clients.received()} {}

    std::vector<std::uint64_t> bytes() const {
        auto each = turn_.clients.received();
        std::ranges::transform(each, before_, each.begin(), std::minus{});
        return each;
    }

private:
    server_turn& turn_;
    std::vector<std::uint64_t> before_;
};

struct series_end {
    double seconds = 0;     ///< that it took
    double text_bytes = 0;  ///< of all messages, as they were published
};

series_end publish_at_rate(server_turn& turn, message_sequence& messages) {
    auto const start = swarm::clock::now();
    auto const period = std::chrono::nanoseconds{1'000'000'000} / turn.settings.rate;
    series_end end;
    for (int i = 0; i < turn.settings.messages; ++i) {
        turn.clients.linger_until(start + i * period);
        publish_next(turn, messages);
        end.text_bytes += static_cast<double>(messages.text(messages.published()).size());
    }
    turn.clients.linger_until(start + turn.settings.messages * period);  // if it took less
    end.seconds = seconds_since(start);
    return end;
}

/// `kind` ends the names of its figures.
void measure_series(server_turn& turn, message_sequence& messages, std::string const& kind,
                    readings& all) {
    for (int i = 0; i < settling; ++i) publish_next(turn, messages);
    turn.clients.linger(for_the_rest);
    turn.clients.forget_latencies();
    byte_meter const wire{turn};
    cpu_meter const cpu{turn.server.pid()};
    auto const [seconds, text_bytes] = publish_at_rate(turn, messages);
    auto const driver = cpu.driver_seconds();
    // A heartbeat may have been taken for the last message of some.
    await_rest(turn, "some clients have got less than those that decode",
               [&] { return count_lacking(wire.bytes(), turn.settings.messages) == 0; });
    auto const bytes = wire.bytes();
    auto const sum = std::accumulate(bytes.begin(), bytes.end(), 0.0);
    double const events = double(turn.settings.clients) * turn.settings.messages;
    all.push_back({"wire bytes per event" + kind, "", sum / events});
    all.push_back({"compression ratio" + kind, "", turn.settings.clients * text_bytes / sum});
    cpu.add_to(all, "event" + kind, events);
    all.push_back({"driver's core is busy" + kind, "%", 100 * driver / seconds});
    all.push_back({"messages per second" + kind, "", turn.settings.messages / seconds});
    auto const& latencies = turn.clients.latencies();
    all.push_back({"latency p99" + kind, "ms", latencies.percentile(0.99).count() / 1e6});
}

readings measure(server_turn& turn, message_sequence& messages) {
    auto const server = turn.server.pid();
    if (server == 0) throw failure{"memory can be read of a known process only: give its --pid"};
    messages.begin_anew();
    auto const before = memory_use_of(server);
    readings all;
    cpu_meter const cpu{server};
    turn.clients.connect_all();
    cpu.add_to(all, "connect", turn.settings.clients);
    auto const count_before = server_count(turn);
    measure_series(turn, messages, "", all);
    auto const added = memory_use_of(server) - before;
    measure_series(turn, messages, ", all new", all);
    all.push_back({"memory (PSS) per client", "KiB", added.pss / turn.settings.clients / 1024});
    if (count_before) {
        double each = 0;
        await_rest(turn, "the server counts fewer deliveries than there were", [&] {
            each = (server_count(turn).value() - *count_before) / turn.settings.clients;
            return each >= messages.size();
        });
        all.push_back({"server's count per client", "", each});
    }
    return all;
}

/// One server, in all the codings that are asked for.
class coded_clients {
public:
    coded_clients(options& to, message_sequence const& messages) : to_{to}, messages_{messages} {}

    void add(contestant const& server) {
        auto who = server;
        if (who.command.find("--admin off") != std::string::npos) {
            boost::algorithm::replace_all(who.command, "--admin off", "--admin 127.0.0.1:{admin}");
            who.publish = "http://127.0.0.1:{admin}/broadcast";
        }
        add(who, {.coding = "identity", .note = "uncompressed"});
        for (auto const& way : server.compressions) {
            if (to_.codings.empty() || std::ranges::count(to_.codings, way.coding) > 0)
                add(who, way);
        }
    }

private:
    void add(contestant who, compression const& way) {
        who.name += ", " + (way.note.empty() ? way.coding : way.note);
        if (who.url.ends_with('/')) who.url += way.query;
        who.command += way.option;
        who.fields = [coding = way.coding](int) { return "Accept-Encoding: " + coding + "\r\n"; };
        who.reader = [coding = way.coding, distance = sample_distance(to_.clients),
                      &messages = messages_](int client) -> std::unique_ptr<stream_reader> {
            if (client % distance != 0) return std::make_unique<counting_reader>(messages);
            return std::make_unique<checking_reader>(coding, messages);
        };
        to_.contestants.push_back(std::move(who));
    }

    options& to_;
    message_sequence const& messages_;
};

}  // namespace

contest_result run_compressed(options const& settings) {
    message_sequence messages{fragments(settings)};
    auto own = settings;
    own.warm_up = 0;  // it would be counted as the server's own memory
    own.contestants.clear();
    coded_clients all{own, messages};
    for (auto const& server : settings.contestants) all.add(server);
    return run_server_contest(own, [&](server_turn& turn) { return measure(turn, messages); });
}

}  // namespace bench
