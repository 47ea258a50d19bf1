#include "support/child_process.hpp"
#include "support/curl.hpp"
#include "support/raw_client.hpp"
#include "support/sanitizer.hpp"
#include "support/server_process.hpp"
#include "support/temporary_folder.hpp"

#include "support/catch.hpp"

#include <csignal>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

using namespace end_to_end;

namespace {

constexpr auto script = PROJECT_SOURCE_DIR "/docs/fibercast-gdb.py";

/// What gdb prints with our script; nothing: it cannot be tried here, which is said.
std::optional<std::string> gdb(std::vector<std::string> const& words) {
    if (!std::filesystem::exists("/usr/bin/gdb")) {
        std::cout << "SKIPPED: no gdb\n";
        return std::nullopt;
    }
    std::vector<std::string> all{"/usr/bin/gdb", "-nx", "-batch", "-iex",
                                 "set debuginfod enabled off"};
    all.insert(all.end(), words.begin(), words.end());
    child_process debugger(all, input_kind::nothing);
    auto said = debugger.output().until_end();
    auto const errors = debugger.errors().until_end();
    debugger.wait(std::chrono::seconds(60));
    for (auto const* reason : {"Operation not permitted", "no debug information of fibercast"}) {
        if ((said + errors).find(reason) == std::string::npos) continue;
        std::cout << "SKIPPED: gdb says: " << reason << '\n';
        return std::nullopt;
    }
    INFO(errors);
    CHECK(errors.find("Traceback") == std::string::npos);
    return said;
}

void check_fibers(std::string const& listed) {
    CHECK_THAT(listed, ContainsSubstring("\n20 fibers: wait for: input\n") &&
                           ContainsSubstring("fibercast::descriptor::wait") &&
                           ContainsSubstring("fibercast::request_reader"));
}

std::optional<std::string> core_in(std::filesystem::path const& folder) {
    for (auto const& each : std::filesystem::directory_iterator(folder))
        if (each.path().filename().string().starts_with("core")) return each.path().string();
    std::cout << "no core file: the kernel puts them elsewhere (kernel.core_pattern)\n";
    return std::nullopt;
}

}  // namespace

TEST_CASE("gdb shows where the fibers of a server are, and of its core file") {
    if (under_address_sanitizer || under_thread_sanitizer) {
        std::cout << "SKIPPED: a core file would have the sanitizer's shadow memory\n";
        return;
    }
    temporary_folder const folder;
    // The kernel puts its core file where the process is.
    auto const there = "cd " + folder.path().string() + " && ulimit -c unlimited; exec \"$@\"";
    server_process server({"--workers", "2"}, input_kind::pipe, {"/bin/sh", "-c", there, "sh"});
    std::vector<raw_client> slow;  // each has a fiber, and half a minute for its body
    for (int i = 0; i < 20; ++i) {
        slow.emplace_back(server.port());
        slow.back().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n");
    }
    server.await_stat("connections", 20);
    await("fibers that wait",
          [&] { return server.execute("dump").find("20  ") != std::string::npos; });
    auto const live =
        gdb({"-p", std::to_string(server.process().pid()), "-x", script, "-ex", "fibers"});
    if (!live) return;
    check_fibers(*live);
    CHECK(server.execute("count") == "0\n");  // it goes on
    CHECK(server.stop(SIGABRT) == 128 + SIGABRT);
    auto const core = core_in(folder.path());
    if (!core) return;
    auto const dead = gdb({FIBERCAST_PROGRAM, *core, "-x", script, "-ex", "fibers"});
    REQUIRE(dead);
    check_fibers(*dead);
}
