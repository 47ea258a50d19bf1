#include "contest/server_contest.hpp"

#include "contest/message_text.hpp"
#include "process/elapsed.hpp"
#include "process/failure.hpp"
#include "process/machine.hpp"
#include "process/process_tree.hpp"

#include <algorithm>

namespace bench {
namespace {

constexpr std::chrono::milliseconds after_the_last{20};  // for what is delivered twice
constexpr std::chrono::milliseconds between_looks{2};
constexpr std::size_t files_kept = 20;  // what a runtime opens for itself when clients come

}  // namespace

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

void server_turn::publish_at(std::uint32_t number, swarm::clock::time_point due) {
    clients.linger_until(due);
    publish(number);
    clients.expect(number, due);
}

void server_turn::publish_and_wait(std::uint32_t number) {
    publish(number);
    clients.await_message(number);
}

samples server_turn::publish_one_by_one(std::uint32_t first) {
    samples milliseconds;
    for (int i = 0; i < settings.messages; ++i) {
        auto const start = swarm::clock::now();
        publish_and_wait(first + static_cast<std::uint32_t>(i));
        milliseconds.add(seconds_since(start) * 1e3);
        display.update("published", i + 1, settings.messages);
    }
    return milliseconds;
}

void await_forgotten(server_turn& turn, std::size_t files_before) {
    auto const deadline = swarm::clock::now() + turn.settings.timeout;
    while (open_files_of(turn.server.pid()) > files_before + files_kept) {
        if (swarm::clock::now() > deadline) throw failure{"it does not forget its clients"};
        turn.clients.linger(between_looks);
    }
}

namespace {

swarm_options clients_of(options const& settings, contestant const& who,
                         server_process const& server, progress& display) {
    return {.target = server.target(),
            .clients = settings.clients - who.apart,
            .timeout = settings.timeout,
            .queries = who.topics,
            .greets = who.greets,
            .fields = who.fields,
            .reader = who.reader,
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
    bool const watched = server.pid() != 0;
    auto const files_before = watched ? open_files_of(server.pid()) : 0;
    swarm clients{few, server.publisher()};
    server_turn turn{settings, who, server, clients, display};
    clients.connect_all();
    for (int i = 1; i <= settings.warm_up; ++i)
        turn.publish_and_wait(static_cast<std::uint32_t>(i));
    throw_if_any(clients.faults());
    clients.disconnect_all();
    if (watched) await_forgotten(turn, files_before);
}

}  // namespace

contest_result run_server_contest(options const& settings, server_turn_player const& play) {
    make_room_for(settings.clients);
    pin_to(settings.driver_cores);
    return run_contest(settings, [&](contestant const& who, progress& display) {
        server_process server{who, settings.timeout};
        swarm clients{clients_of(settings, who, server, display), server.publisher()};
        try {
            if (settings.warm_up > 0 && server.publisher()) warm_up(settings, who, server, display);
            server_turn turn{settings, who, server, clients, display};
            auto all = play(turn);
            clients.linger(after_the_last);
            throw_if_any(clients.faults());
            return all;
        } catch (failure const& error) {
            throw failure{fmt::format("{}\n{}", error.what(), server.last_words())};
        }
    });
}

}  // namespace bench
