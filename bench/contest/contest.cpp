#include "contest/contest.hpp"

#include "contest/message_text.hpp"
#include "process/background_load.hpp"
#include "process/failure.hpp"
#include "process/interruption.hpp"
#include "process/machine.hpp"

#include <algorithm>

namespace bench {
namespace {

/// Plays every contestant once. Who fails is told of and left out from then on.
void play_round(contest_result& result, std::vector<contestant>& playing, turn_player const& play,
                progress& display) {
    auto const title = fmt::format("{}, round {} of {}", result.question, result.rounds_done + 1,
                                   result.settings.rounds);
    std::erase_if(playing, [&](contestant const& who) {
        display.begin(fmt::format("{}: {}", title, who.name));
        try {
            result.board.add(who.name, play(who, display));
            return false;
        } catch (failure const& error) {
            result.failed.push_back(fmt::format("{}: {}", who.name, error.what()));
            return true;
        }
    });
    ++result.rounds_done;
}

}  // namespace

int contest_result::status() const {
    if (interrupted) return 130;  // as a shell says it of SIGINT
    return failed.empty() && faults.lost + faults.out_of_order == 0 ? 0 : 1;
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

void server_turn::publish(std::uint32_t first, std::uint32_t count) {
    auto* const publisher = server.publisher();
    if (!publisher) throw failure{"a server that runs already has no stdin: give --publish URL"};
    auto const now = swarm::clock::now();
    for (auto number = first; number < first + count; ++number) {
        clients.expect(number, now);
        publisher->publish(message_text(number, settings.size));
    }
    publisher->go_on();
}

void server_turn::publish_and_wait(std::uint32_t number) {
    publish(number);
    clients.await_message(number);
}

namespace {

swarm_options clients_of(options const& settings, contestant const& who,
                         server_process const& server, progress& display) {
    return {.target = server.target(),
            .clients = settings.clients,
            .never_reading = who.never_reading,
            .timeout = settings.timeout,
            .on_progress = [&](int connected) {
                display.update("connected", connected, settings.clients);
            }};
}

/// A few clients that leave again: a virtual machine compiles only what has run for a while, and
/// memory that is used for the first time costs page faults.
void warm_up(options const& settings, contestant const& who, server_process& server,
             progress& display) {
    auto few = clients_of(settings, who, server, display);
    few.clients = std::min(few.clients, 200);
    few.never_reading = 0;
    swarm clients{few, server.publisher()};
    server_turn turn{settings, who, server, clients, display};
    clients.connect_all();
    for (int i = 1; i <= settings.warm_up; ++i)
        turn.publish_and_wait(static_cast<std::uint32_t>(i));
}

}  // namespace

contest_result run_server_contest(options const& settings, server_turn_player const& play) {
    make_room_for(settings.clients);
    pin_to(settings.driver_cores);
    delivery_faults faults;
    auto result = run_contest(settings, [&](contestant const& who, progress& display) {
        server_process server{who, settings.timeout};
        swarm clients{clients_of(settings, who, server, display), server.publisher()};
        try {
            if (settings.warm_up > 0 && server.publisher()) warm_up(settings, who, server, display);
            server_turn turn{settings, who, server, clients, display};
            auto all = play(turn);
            faults.lost += clients.faults().lost;
            faults.out_of_order += clients.faults().out_of_order;
            return all;
        } catch (failure const& error) {
            throw failure{fmt::format("{}\n{}", error.what(), server.last_words())};
        }
    });
    result.faults = faults;
    return result;
}

}  // namespace bench
