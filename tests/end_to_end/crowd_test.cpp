#include "support/curl.hpp"
#include "support/raw_client.hpp"
#include "support/server_process.hpp"

#include "support/catch.hpp"

#include <fmt/format.h>

#include <sys/resource.h>

#include <algorithm>
#include <vector>

using namespace end_to_end;
namespace {

std::size_t occurrences(std::string const& text, std::string_view what) {
    std::size_t count = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
    return count;
}

/// Lets a process open as many descriptors as it has, and a few more.
void limit_open_files(pid_t process, rlim_t most) {
    rlimit limit{};
    checked(::prlimit(process, RLIMIT_NOFILE, nullptr, &limit), "prlimit");
    limit.rlim_cur = most;
    checked(::prlimit(process, RLIMIT_NOFILE, &limit, nullptr), "prlimit");
}

std::size_t announced_clients(server_process const& server) {
    auto const& text = server.announcement();
    return std::stoul(text.substr(text.find("up to ") + 6));
}

void crowd_comes_and_goes(server_process& server, std::size_t size) {
    std::vector<raw_client> crowd;
    for (std::size_t i = 0; i < size; ++i) crowd.push_back(never_reading(server.port()));
    for (auto& each : crowd) each.input().until("connected\n\n");
    CHECK(server.execute("broadcast Hello") == fmt::format("sent to {} clients\n", size));
    for (std::size_t i = 0; i < size; i += 2) crowd[i].input().until("data: Hello\n\n");
    for (std::size_t i = 0; i < size; i += 3) crowd[i].reset();
    crowd.clear();
}

}  // namespace

TEST_CASE("a thousand clients that come and go leave nothing behind") {
    server_process server;
    crowd_comes_and_goes(server, 2);  // what is opened once is open now
    server.await_stat("connections", 0);
    auto const pid = server.process().pid();
    await("the first have left", [&] { return open_descriptors_of(pid) < 30; });
    auto const before = open_descriptors_of(pid);
    for (int wave = 0; wave < 5; ++wave) {
        crowd_comes_and_goes(server, 200);
        server.await_stat("clients", 0);
        server.await_stat("connections", 0);
    }
    CHECK(server.execute("count") == "0\n");
    CHECK(server.execute("clients") == "no clients\n");
    CHECK(server.stat("joined") == 1'002);
    await("all descriptors are closed", [&] { return open_descriptors_of(pid) == before; });
}

TEST_CASE("more clients than the limit of open files allows wait, and get their turn") {
    server_process server({"--max-clients", "0"}, input_kind::pipe, {"prlimit", "--nofile=64:64"});
    auto const most = announced_clients(server);
    std::vector<raw_client> crowd;
    for (std::size_t i = 0; i < most + 8; ++i) crowd.push_back(never_reading(server.port()));
    for (std::size_t i = 0; i < most; ++i) crowd[i].input().until("connected\n\n");
    server.log().until("accepting pauses");
    server.await_stat("accept_pauses", 1);
    CHECK(server.execute("broadcast Hello") == fmt::format("sent to {} clients\n", most));
    crowd.erase(crowd.begin(), crowd.begin() + 10);
    for (std::size_t i = most - 10; i < crowd.size(); ++i) crowd[i].input().until("connected\n\n");
    server.await_stat("clients", most - 2);
    server.log().until("accepting again");
}

TEST_CASE("more clients than were announced are told to come again") {
    server_process server({}, input_kind::pipe, {"prlimit", "--nofile=64:64"});
    auto const most = announced_clients(server);
    std::vector<raw_client> crowd;
    for (std::size_t i = 0; i < most; ++i) crowd.push_back(never_reading(server.port()));
    for (auto& each : crowd) each.input().until("connected\n\n");
    raw_client one_more(server.port());
    one_more.send("GET / HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n");
    one_more.input().until("event: fibercast.busy\n");
    crowd.pop_back();
    server.await_stat("clients", most - 1);
    never_reading(server.port()).input().until("connected\n\n");
}

TEST_CASE("as many clients are served as were announced, however few") {
    for (std::string const workers : {"1", "4"}) {
        server_process const any({"--workers", workers});
        auto const own = open_descriptors_of(any.process().pid());
        for (std::size_t const room : {2, 3, 6}) {
            auto const limit = fmt::format("--nofile={0}:{0}", own + room);
            server_process server({"--workers", workers}, input_kind::pipe, {"prlimit", limit});
            auto const most = announced_clients(server);
            REQUIRE(most <= room + 1);  // it may have had another one open when we counted
            std::vector<raw_client> crowd;
            for (std::size_t i = 0; i < most; ++i) crowd.push_back(never_reading(server.port()));
            for (auto& each : crowd) each.input().until("connected\n\n");
        }
    }
}

TEST_CASE("accepting survives that there are no descriptors left") {
    server_process server;
    auto const pid = server.process().pid();
    curl_stream first(server.url());
    server.execute("stats");
    limit_open_files(pid, open_descriptors_of(pid) + 3);
    std::vector<raw_client> crowd;
    for (int i = 0; i < 8; ++i) crowd.push_back(never_reading(server.port()));
    server.log().until("accepting pauses: there are no more descriptors");
    CHECK(server.execute("broadcast Hello")
              .starts_with("sent to "));  // the others are served meanwhile
    first.output().until("data: Hello\n\n");
    limit_open_files(pid, 200);
    for (auto& each : crowd) each.input().until("connected\n\n");
    server.log().until("accepting again");
    CHECK(occurrences(server.log().seen(), "accepting pauses") == 1);
    CHECK(server.execute("count") == "9\n");
}
