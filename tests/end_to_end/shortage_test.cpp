#include "support/raw_client.hpp"
#include "support/sanitizer.hpp"
#include "support/server_process.hpp"

#include "support/catch.hpp"

#include <fmt/format.h>

#include <csignal>
#include <vector>

using namespace end_to_end;

namespace {

constexpr bool sanitized = under_address_sanitizer || under_thread_sanitizer;

/// The words that run a program with so many MiB of address space.
std::vector<std::string> within(std::size_t mebibytes) {
    return {"prlimit", fmt::format("--as={}", mebibytes * 1024 * 1024)};
}

}  // namespace

TEST_CASE("a start without the memory for its threads ends with one line") {
    if (sanitized) return;  // their shadow memory is larger than any such limit
    for (std::size_t const mebibytes : {30, 60, 100, 200, 250, 300}) {
        child_process run(program({"--port", "0"}, within(mebibytes)), input_kind::nothing);
        auto first = run.errors().line();
        // Without MADV_GUARD_INSTALL a server that starts says so before.
        if (first.find("MADV_GUARD_INSTALL") != std::string::npos) first = run.errors().line();
        INFO(mebibytes << ": " << first);
        if (first.starts_with("listening on ")) {
            run.send(SIGTERM);
            CHECK(run.wait() == 0);
        } else {
            CHECK(first.starts_with("fibercast: cannot start"));
            CHECK(run.errors().until_end().empty());
            CHECK(run.wait() == 1);
        }
    }
}

TEST_CASE("a server at its limit of memory refuses, says so once, and can be stopped") {
    if (sanitized) return;
    server_process server({"--drain-timeout", "1s"}, input_kind::pipe, within(500));
    constexpr auto told = "there was no memory for them";
    std::vector<raw_client> crowd;
    while (server.log().seen().find(told) == std::string::npos) {
        // Whoever waits costs next to nothing, but who is at a request has a fiber.
        for (int i = 0; i < 100; ++i) {
            crowd.emplace_back(server.port());
            crowd.back().send("GET / HTTP/1.1\r\n");
        }
        REQUIRE(crowd.size() < 10'000);
    }
    CHECK(server.stop(SIGTERM) == 0);
    server.log().until_end();
    auto const& all = server.log().seen();
    CHECK(all.find(told) == all.rfind(told));
}
