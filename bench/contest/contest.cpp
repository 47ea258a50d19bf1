#include "contest/contest.hpp"

#include "process/background_load.hpp"
#include "process/failure.hpp"
#include "process/interruption.hpp"

#include <algorithm>

namespace bench {
namespace {

/// Plays every contestant once. Who fails is told of and left out from then on.
void play_round(contest_result& result, std::vector<contestant>& playing, turn_player const& play,
                progress& display) {
    std::vector<contestant> still;
    for (auto const& who : playing) {
        display.begin(fmt::format("{}, round {} of {}: {}", result.question, result.rounds_done + 1,
                                  result.settings.rounds, who.name));
        try {
            result.board.add(who.name, play(who, display));
            still.push_back(who);
        } catch (interruption const&) {
            throw;
        } catch (std::exception const& error) {
            result.failed.push_back(fmt::format("{}: {}", who.name, error.what()));
        }
    }
    playing = std::move(still);
    ++result.rounds_done;
}

}  // namespace

int contest_result::status() const {
    if (interrupted) return 130;  // as a shell says it of SIGINT
    return failed.empty() ? 0 : 1;
}

contest_result run_contest(options const& settings, turn_player const& play) {
    contest_result result{.question = settings.command, .settings = settings};
    auto playing = settings.contestants;
    progress display;
    background_load const others;
    try {
        while (result.rounds_done < settings.rounds && !playing.empty())
            play_round(result, playing, play, display);
    } catch (interruption const&) {
        result.interrupted = true;
    }
    result.others_share = others.share();
    return result;
}

}  // namespace bench
