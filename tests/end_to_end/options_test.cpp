#include "support/curl.hpp"
#include "support/sanitizer.hpp"
#include "support/server_process.hpp"
#include "support/temporary_file.hpp"
#include "support/without_ids.hpp"

#include "support/catch.hpp"

#include <fibercast/version.hpp>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <string>
#include <vector>

using namespace end_to_end;
namespace {

/// Runs a program that must not start; returns the line it complains with.
std::string complaint_of(std::vector<std::string> const& words, int expected_status) {
    child_process run(words, input_kind::nothing);
    auto errors = run.errors().until_end();
    INFO(errors);
    CHECK(run.wait() == expected_status);
    // AddressSanitizer's own line, which it writes once a program has fibers
    if (under_address_sanitizer && errors.starts_with("==")) errors.erase(0, errors.find('\n') + 1);
    CHECK(run.output().until_end().empty());
    CHECK(errors.starts_with("fibercast: "));
    CHECK(std::count(errors.begin(), errors.end(), '\n') == 1);
    return errors;
}

/// The same with options that are wrong.
std::string complaint(std::vector<std::string> const& options, int expected_status) {
    return complaint_of(program(options), expected_status);
}

bool has_ipv6_loopback() {
    int const fd = ::socket(AF_INET6, SOCK_STREAM, 0);
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_addr = in6addr_loopback;
    bool const bound =
        fd >= 0 && ::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    if (fd >= 0) ::close(fd);
    return bound;
}

}  // namespace

TEST_CASE("one line says where the server listens") {
    server_process server({"--workers", "2"});
    CHECK_THAT(
        server.announcement(),
        Matches(
            R"(listening on http://127\.0\.0\.1:[1-9][0-9]* \(2 workers, up to [1-9][0-9]* clients\))"));
}

TEST_CASE("the soft limit of open files is raised to the hard limit") {
    server_process server({}, input_kind::pipe, {"prlimit", "--nofile=300:1000"});
    CHECK_THAT(server.announcement(), Matches(R"(.*up to 7[0-9]{2} clients\))"));
}

TEST_CASE("a start without a descriptor for a client is said in one line") {
    std::size_t own = 0;
    {
        server_process any;
        own = open_descriptors_of(any.process().pid());
    }
    for (auto limit = own; limit > 4; limit -= 3) {
        auto const nofile = "--nofile=" + std::to_string(limit) + ":" + std::to_string(limit);
        CHECK_THAT(complaint_of(program({"--port", "0"}, {"prlimit", nofile}), 1),
                   ContainsSubstring("Too many open files"));
    }
}

TEST_CASE("an IPv6 address is printed as URLs want it") {
    if (!has_ipv6_loopback()) {
        WARN("SKIPPED: this machine has no ::1");
        return;
    }
    server_process server({"--host", "::1"});
    CHECK_THAT(server.announcement(), StartsWith("listening on http://[::1]:"));
    curl_stream client(server.url());
}

TEST_CASE("a port in use is said in one line") {
    server_process server;
    CHECK_THAT(complaint({"--port", std::to_string(server.port())}, 1),
               ContainsSubstring(std::to_string(server.port())) &&
                   ContainsSubstring("Address already in use"));
}

TEST_CASE("a host that is none is said in one line") {
    CHECK_THAT(complaint({"--host", "256.1.1.1", "--port", "0"}, 1),
               ContainsSubstring("256.1.1.1"));
    CHECK_THAT(complaint({"--host", "192.0.2.1", "--port", "0"}, 1),
               ContainsSubstring("192.0.2.1"));
}

TEST_CASE("wrong options are said in one line each") {
    CHECK_THAT(complaint({"--port", "65536"}, 2),
               ContainsSubstring("--port") && ContainsSubstring("'65536'"));
    CHECK_THAT(complaint({"--log-level", "loud\x1b[31m\n"}, 2),
               ContainsSubstring(R"('loud\x1b[31m\n')"));
    CHECK_THAT(complaint({"--prot", "1"}, 2), ContainsSubstring("did you mean --port?"));
    CHECK_THAT(complaint({"word"}, 2), ContainsSubstring("word"));
}

TEST_CASE("options come from a file, and the command line wins") {
    temporary_file const file(
        "# a comment\n"
        "workers = 1\n"
        "overflow = \"drop-oldest\"\n"
        "heartbeat = 250ms\n"
        "host = ::1\n");
    server_process server({"--config", file.path(), "--host", "127.0.0.1"});
    CHECK_THAT(server.announcement(),
               ContainsSubstring("http://127.0.0.1:") && ContainsSubstring("(1 worker, "));
    curl_stream client(server.url());
    client.output().until(":\n");
}

TEST_CASE(
    "what is wrong with the file is said in one line, with the file's name and the line's number") {
    temporary_file const unknown_key("port = 0\ncolour = red\n");
    temporary_file const wrong_value("# a comment\n\nport = red\n");
    temporary_file const garbage(std::string("\x00\x1b[2J\xff\n\n\r\x9b", 10));
    CHECK_THAT(complaint({"--config", unknown_key.path()}, 2),
               ContainsSubstring(unknown_key.path() + ":2: unknown key 'colour'"));
    CHECK_THAT(complaint({"--config", wrong_value.path()}, 2),
               ContainsSubstring(wrong_value.path() + ":3: port: 'red' is no number"));
    CHECK_THAT(complaint({"--config", garbage.path()}, 2),
               !ContainsSubstring("\x1b") && !ContainsSubstring("\x9b"));
    CHECK_THAT(complaint({"--config", unknown_key.path() + ".missing"}, 2),
               ContainsSubstring(".missing: No such file or directory"));
    CHECK_THAT(complaint({"--config", "/"}, 2), ContainsSubstring("'/' is a folder"));
}

TEST_CASE("version and help are answers, not errors") {
    child_process version(program({"--version"}), input_kind::nothing);
    CHECK(without_ids(version.output().until_end()) == "fibercast " FIBERCAST_VERSION "\n");
    CHECK(version.wait() == 0);
    child_process help(program({"--help"}), input_kind::nothing);
    auto const text = help.output().until_end();
    for (auto const* option : {"--host", "--port", "--workers", "--heartbeat", "--channel-capacity",
                               "--overflow", "--drain-timeout", "--peer-timeout", "--handler-stack",
                               "--bodies-limit", "--log-level", "--config", "--version"}) {
        CHECK_THAT(text, ContainsSubstring(option));
    }
    CHECK(help.wait() == 0);
}

TEST_CASE("an answer that cannot be written is an error") {
    for (auto const* answer : {"--version", "--help"}) {
        CHECK_THAT(complaint_of({"sh", "-c", "exec \"$0\" " + std::string(answer) + " >/dev/full",
                                 FIBERCAST_PROGRAM},
                                1),
                   ContainsSubstring("No space left on device"));
    }
}

TEST_CASE("the log level decides what is logged") {
    for (auto const& [level, logs] :
         {std::pair{"info", true}, std::pair{"warn", false}, std::pair{"off", false}}) {
        server_process server({"--log-level", level});
        CHECK(server.stop(SIGTERM) == 0);
        CHECK(server.log().until_end().empty() != logs);
    }
}

TEST_CASE("where nothing is kept, no client may ask to catch up") {
    server_process server({"--history", "0"});
    CHECK_THAT(fetch(server.url("/?overflow=catch-up")),
               StartsWith("HTTP/1.1 400 ") &&
                   EndsWith("is none of drop-oldest, drop-newest, disconnect\n"));
}
