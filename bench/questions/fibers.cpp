// What does a waiting fiber cost, and waking it? No sockets: each fiber has a channel of its own
// and waits there. Asked of one core, then of all.
#include "contest/commanded_process.hpp"
#include "process/failure.hpp"
#include "process/memory_use.hpp"
#include "process/words.hpp"
#include "questions/commands.hpp"

#include <fmt/format.h>

namespace bench {
namespace {

constexpr int round_trips = 200'000;
constexpr double enough_wakes = 1e6;  // of few fibers several times,
constexpr double enough_seconds = 1;  // but under a sanitizer not for minutes

/// The seconds that waking all of them takes once they have been woken before: the first time loads
/// what the memory reading and the spawning have pushed out.
double seconds_to_wake(commanded_process& crowd, int fibers) {
    crowd.ask("wake");
    int times = 0;
    double seconds = 0;
    do {
        seconds += crowd.ask("wake");
        ++times;
    } while (seconds < enough_seconds && double(times) * fibers < enough_wakes);
    return seconds / times;
}

readings measure(options const& settings, contestant const& who, std::vector<int> const& cores,
                 std::string const& where) {
    commanded_process crowd{split_words(who.crowd_command), cores, settings.timeout};
    double const count = settings.fibers;
    auto const gather = fmt::format("gather {}", settings.fibers);
    crowd.ask("gather 100");  // loads and warms its code
    crowd.ask("scatter");
    crowd.ask("pingpong 1000");
    auto const before = memory_use_of(crowd.pid());
    auto const gathered = crowd.ask(gather);
    auto const added = memory_use_of(crowd.pid()) - before;
    auto const woken = seconds_to_wake(crowd, settings.fibers);
    auto const scattered = crowd.ask("scatter");
    auto const gathered_again = crowd.ask(gather);
    crowd.ask("shuffle");
    auto const woken_randomly = seconds_to_wake(crowd, settings.fibers);
    auto const scattered_randomly = crowd.ask("scatter");
    auto const played = crowd.ask(fmt::format("pingpong {}", round_trips));
    return {{"memory (PSS) per fiber" + where, "bytes", added.pss / count},
            {"page tables per fiber" + where, "bytes", added.page_tables / count},
            {"spawned and parked" + where, "M/s", count / gathered / 1e6},
            {"spawned again" + where, "M/s", count / gathered_again / 1e6},
            {"woken" + where, "M/s", count / woken / 1e6},
            {"woken in random order" + where, "M/s", count / woken_randomly / 1e6},
            {"ended" + where, "M/s", count / scattered / 1e6},
            {"ended in random order" + where, "M/s", count / scattered_randomly / 1e6},
            {"ping-pong" + where, "ns", played * 1e9 / round_trips}};
}

readings play(options const& settings, contestant const& who) {
    if (who.crowd_command.empty()) throw failure{"has no fibers without sockets"};
    auto all = measure(settings, who, {settings.all_cores.front()}, "");
    auto const more = measure(settings, who, settings.all_cores, ", all cores");
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

}  // namespace

contest_result run_fibers(options const& settings) {
    return run_contest(settings,
                       [&](contestant const& who, progress&) { return play(settings, who); });
}

}  // namespace bench
