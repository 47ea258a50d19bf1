#include "support/curl.hpp"
#include "support/raw_client.hpp"
#include "support/server_process.hpp"

#include "support/catch.hpp"

#include <fmt/format.h>

#include <fstream>
#include <string>
#include <vector>

using namespace end_to_end;
namespace {

/// How much address space a process has.
std::size_t mapped_kib(pid_t process) {
    std::ifstream file(fmt::format("/proc/{}/status", process));
    for (std::string word; file >> word;) {
        std::size_t kib = 0;
        if (word == "VmSize:" && file >> kib) return kib;
    }
    throw failure("/proc has no VmSize");
}

/// By how much the first request to a server extends that.
std::size_t mapped_by_a_handler(std::vector<std::string> options) {
    options.insert(options.end(), {"--workers", "1"});
    server_process server(options);
    auto const before = mapped_kib(server.process().pid());
    fetch(server.url("/nothing"));
    return mapped_kib(server.process().pid()) - before;
}

/// A request that has a body of some size, and what was sent of it.
std::string post(std::size_t bytes, std::size_t sent) {
    return fmt::format("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: {}\r\n\r\n", bytes) +
           std::string(sent, 'x');
}

std::string status_of_post(server_process const& server) {
    constexpr std::size_t bytes = 60'000;
    raw_client client(server.port());
    client.send(post(bytes, bytes));
    return client.input().line().substr(9, 3);
}

}  // namespace

TEST_CASE("a handler's stack is as large as the options say") {
    constexpr std::size_t mib = 1024;
    CHECK(mapped_by_a_handler({"--handler-stack", "536870912"}) >= 512 * mib);
    CHECK(mapped_by_a_handler({}) < 512 * mib);
}

TEST_CASE("bodies beyond the bound that the options set are told to come again") {
    constexpr std::size_t bound = 2 * 1024 * 1024;
    constexpr std::size_t bytes = 30'000;  // less than twice of that is counted
    server_process server({"--workers", "1", "--bodies-limit", std::to_string(bound)});
    CHECK(status_of_post(server) == "405");
    std::vector<raw_client> unfinished;
    await("there is no room for another", [&] {
        unfinished.emplace_back(server.port());
        unfinished.back().send(post(bytes + 1, bytes));
        return status_of_post(server) == "503";
    });
    CHECK(unfinished.size() >= bound / (2 * bytes) - 2);
    CHECK(unfinished.size() < 5 * bound / bytes);
    unfinished.clear();
    await("there is room again", [&] { return status_of_post(server) == "405"; });
}
