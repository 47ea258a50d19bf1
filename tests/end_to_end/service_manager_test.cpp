#include "support/curl.hpp"
#include "support/datagram_socket.hpp"
#include "support/raw_client.hpp"
#include "support/server_process.hpp"

#include "support/catch.hpp"

#include <chrono>
#include <csignal>
#include <string>
#include <vector>

using namespace end_to_end;
namespace {

/// Runs the program as systemd does, with these in its environment. Its process is the one whose
/// watchdog that is.
std::vector<std::string> managed(datagram_socket const& by,
                                 std::string const& watchdog_microseconds) {
    return {"env",
            "NOTIFY_SOCKET=" + by.address(),
            "WATCHDOG_USEC=" + watchdog_microseconds,
            "sh",
            "-c",
            "WATCHDOG_PID=$$ exec \"$@\"",
            "sh"};
}

/// The next datagram that is not about the watchdog.
std::string next_news(datagram_socket& heard) {
    for (;;) {
        auto text = heard.receive();
        if (text != "WATCHDOG=1\n") return text;
    }
}

}  // namespace

TEST_CASE("a service manager hears that the server listens, with how many clients it stops") {
    datagram_socket heard;
    server_process server({}, input_kind::pipe, managed(heard, ""));
    CHECK(heard.receive() == "READY=1\nSTATUS=" + server.announcement() + "\n");
    curl_stream const client(server.url());
    server.await_stat("clients", 1);
    CHECK(server.stop(SIGTERM) == 0);
    CHECK(heard.receive() == "STOPPING=1\nSTATUS=stopping: 1 connected\n");
}

TEST_CASE("the watchdog is fed, also as long as a client holds up the end") {
    datagram_socket heard;
    server_process server({"--drain-timeout", "1h"}, input_kind::pipe, managed(heard, "20000"));
    CHECK_THAT(next_news(heard), StartsWith("READY=1\n"));
    for (int i = 0; i < 3; ++i) CHECK(heard.receive() == "WATCHDOG=1\n");
    auto const stuck = never_reading(server.port());
    server.await_stat("clients", 1);
    auto const large = "broadcast " + std::string(500'000, 'x') + "\n";
    for (int i = 0; i < 40; ++i) server.process().write(large);
    server.await_stat("broadcasts", 40);
    server.process().send(SIGTERM);
    CHECK_THAT(next_news(heard), StartsWith("STOPPING=1\n"));
    for (int i = 0; i < 20; ++i) CHECK(heard.receive() == "WATCHDOG=1\n");
    CHECK_FALSE(server.process().ended_within(std::chrono::milliseconds(0)));
    CHECK(server.stop(SIGTERM) == 128 + SIGTERM);
}

TEST_CASE("the watchdog of another process is not fed") {
    datagram_socket heard;
    server_process server(
        {}, input_kind::pipe,
        {"env", "NOTIFY_SOCKET=" + heard.address(), "WATCHDOG_USEC=20000", "WATCHDOG_PID=1"});
    CHECK_THAT(heard.receive(), StartsWith("READY=1\n"));
    CHECK_FALSE(heard.receive_within(std::chrono::milliseconds(200)));
    CHECK(server.stop(SIGTERM) == 0);
    CHECK_THAT(heard.receive(), StartsWith("STOPPING=1\n"));
}
