// Many clients in a process of their own, for `scale`: one process may not open enough files for
// all. Commands: `connect`, and `await NUMBER NANOSECONDS`, the time when that message was or will
// be published on the steady clock, which all processes of a machine share.
#include "clients/swarm.hpp"
#include "process/failure.hpp"
#include "process/machine.hpp"
#include "questions/commands.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <iostream>
#include <sstream>

namespace bench {
namespace {

constexpr int connects_between_remarks = 500;

template <class... Values>
void answer(fmt::format_string<Values...> form, Values&&... values) {
    fmt::print(stderr, form, std::forward<Values>(values)...);
    std::fflush(stderr);
}

std::string await(swarm& clients, std::istream& words) {
    std::uint32_t number = 0;
    std::int64_t published = 0;
    words >> number >> published;
    clients.forget_latencies();
    clients.expect(number, swarm::clock::time_point{std::chrono::nanoseconds{published}});
    clients.await_message(number);
    return fmt::format("{} {} {}", clients.faults().lost, clients.faults().out_of_order,
                       clients.latencies().text());
}

std::string obey(std::string const& line, swarm& clients) {
    std::istringstream words{line};
    std::string verb;
    words >> verb;
    if (verb == "await") return await(clients, words);
    if (verb != "connect") throw failure{fmt::format("no such command: '{}'", line)};
    clients.connect_all();
    return "connected";
}

}  // namespace

int run_drive(options const& settings) {
    make_room_for(settings.clients);
    swarm clients{{.target = parse_url(settings.url),
                   .clients = settings.clients,
                   .timeout = settings.timeout,
                   .first_source = static_cast<std::uint32_t>(settings.first_source),
                   .on_progress =
                       [](int connected) {
                           if (connected % connects_between_remarks == 0)
                               answer("connected {}\n", connected);
                       }},
                  nullptr};
    for (std::string line; std::getline(std::cin, line);) {
        try {
            answer("done {}\n", obey(line, clients));
        } catch (failure const& error) {
            answer("failed {}\n", error.what());
            return 1;
        }
    }
    return 0;
}

}  // namespace bench
