#include "app/process/service_manager.hpp"

#include "support/captured_log.hpp"
#include "support/catch.hpp"
#include "support/datagram_socket.hpp"

#include <time.h>

#include <cstdint>
#include <string>

using fibercast::app::service_manager;

namespace {

std::int64_t monotonic_microseconds() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1'000;
}

}  // namespace

TEST_CASE("a service manager hears of the start, of life and of the end") {
    datagram_socket heard;
    service_manager manager(heard.address());
    manager.ready("listening on http://127.0.0.1:8080");
    CHECK(heard.receive() == "READY=1\nSTATUS=listening on http://127.0.0.1:8080\n");
    manager.alive();
    CHECK(heard.receive() == "WATCHDOG=1\n");
    manager.stopping("stopping: 3 connected");
    CHECK(heard.receive() == "STOPPING=1\nSTATUS=stopping: 3 connected\n");
}

TEST_CASE("a service manager hears when a reload began, by its own clock, and that it is over") {
    datagram_socket heard;
    service_manager manager(heard.address());
    manager.ready("");
    heard.receive();
    auto const before = monotonic_microseconds();
    manager.reloading();
    auto const after = monotonic_microseconds();
    auto const text = heard.receive();
    std::string const beginning = "RELOADING=1\nMONOTONIC_USEC=";
    REQUIRE(text.starts_with(beginning));
    auto const time = std::stoll(text.substr(beginning.size()));
    CHECK(before <= time);
    CHECK(time <= after);
    manager.reloaded();
    CHECK(heard.receive() == "READY=1\n");
}

TEST_CASE("a reload makes nothing ready that has not started or that stops") {
    datagram_socket heard;
    service_manager manager(heard.address());
    manager.reloading();
    manager.reloaded();
    manager.ready("up");
    CHECK(heard.receive() == "READY=1\nSTATUS=up\n");
    manager.reloading();
    CHECK_THAT(heard.receive(), StartsWith("RELOADING=1\n"));
    manager.stopping("down");
    manager.reloaded();
    manager.reloading();
    manager.alive();
    CHECK(heard.receive() == "STOPPING=1\nSTATUS=down\n");
    CHECK(heard.receive() == "WATCHDOG=1\n");
}

TEST_CASE("that a service manager cannot be told is logged once") {
    captured_log const log;
    std::string address;
    {
        datagram_socket const gone;
        address = gone.address();
    }
    service_manager manager(address);
    manager.ready("up");
    manager.alive();
    CHECK(log.text() ==
          "warning: the service manager cannot be told how the service is: Connection refused\n");
}
