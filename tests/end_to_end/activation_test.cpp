#include "support/curl.hpp"
#include "support/manager_socket.hpp"
#include "support/server_process.hpp"

#include "support/catch.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <csignal>
#include <string>
#include <vector>

using namespace end_to_end;
namespace {

/// Runs the program with these as its descriptors 3 and, if there is a second, 4.
std::vector<std::string> given(std::vector<int> const& sockets, std::string const& names = {}) {
    std::string script = "LISTEN_PID=$$ exec \"$@\"";
    int descriptor = 3;
    for (int const each : sockets) {
        // Through high numbers, so that neither is in the way of the other.
        ::fcntl(each, F_SETFD, 0);
        script.insert(0, fmt::format("exec {}<&{}; ", 60 + descriptor, each));
        script += fmt::format(" {0}<&{1} {1}<&-", descriptor, 60 + descriptor);
        ++descriptor;
    }
    return {"env",
            "LISTEN_FDNAMES=" + names,
            fmt::format("LISTEN_FDS={}", sockets.size()),
            "bash",
            "-c",  // other shells know descriptors of one digit only
            script,
            "bash"};
}

}  // namespace

TEST_CASE("a server that is given its socket listens there") {
    manager_socket const socket;
    server_process server({}, input_kind::pipe, given({socket.get()}, "fibercast.socket"));
    CHECK(server.port() == socket.port());
    curl_stream client(server.url());
    server.process().write("broadcast Hello\n");
    client.output().until("data: Hello\n\n");
}

TEST_CASE("a server answers operators at the socket that is named so, and at no other") {
    manager_socket const one;
    manager_socket const other;
    auto const status = [](manager_socket const& at) {
        return fetch(fmt::format("http://127.0.0.1:{}/readyz", at.port())).substr(0, 12);
    };
    {
        server_process const server({"--admin", "127.0.0.1:8081"}, input_kind::pipe,
                                    given({one.get(), other.get()}, "admin:public"));
        CHECK(server.port() == other.port());
        CHECK(status(one) == "HTTP/1.1 200");
        CHECK(status(other) == "HTTP/1.1 404");
    }
    server_process const server({}, input_kind::pipe, given({one.get(), other.get()}));
    CHECK(server.port() == one.port());
    for (auto const* const each : {&one, &other}) CHECK(status(*each) == "HTTP/1.1 404");
}

TEST_CASE("clients that come while the server starts anew wait for it") {
    manager_socket const socket;
    auto const prefix = given({socket.get()});
    {
        server_process first({}, input_kind::pipe, prefix);
        CHECK(first.stop(SIGTERM) == 0);
    }
    curl client(fmt::format("http://127.0.0.1:{}/", socket.port()), {"-N"});
    server_process second({}, input_kind::pipe, prefix);
    second.await_stat("clients", 1);
    second.process().write("broadcast Hello\n");
    client.output().until("data: Hello\n\n");
    CHECK(second.stop(SIGTERM) == 0);
    CHECK(client.wait() == curl_unfinished);
}

TEST_CASE("a socket that is none, or for nobody, is said in one line") {
    manager_socket const any("0.0.0.0");
    manager_socket const loopback;
    auto const complaint = [](std::vector<std::string> const& prefix, std::string const& admin) {
        child_process run(program({"--admin", admin}, prefix), input_kind::nothing);
        CHECK(run.wait() == 1);
        return run.errors().until_end();
    };
    CHECK_THAT(complaint(given({any.get()}, "admin"), "127.0.0.1:0"),
               StartsWith("fibercast: cannot start: the socket for operators: '0.0.0.0:") &&
                   ContainsSubstring("can be reached from other machines"));
    CHECK(complaint(given({loopback.get()}, "admin"), "off") ==
          "fibercast: cannot start: there is a socket for operators, and --admin is off\n");
    int const none = ::open("/dev/null", O_RDONLY);
    CHECK(complaint(given({none}), "off") ==
          "fibercast: cannot listen on descriptor 3: Socket operation on non-socket\n");
    ::close(none);
}
