#include "support/curl.hpp"
#include "support/raw_client.hpp"
#include "support/sanitizer.hpp"
#include "support/server_process.hpp"
#include "support/unread_pipe.hpp"
#include "support/without_ids.hpp"

#include "support/catch.hpp"

#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

using namespace end_to_end;
namespace {

/// Starts the server with standard error redirected so, and sees whether it serves.
void check_serves(std::string const& redirection) {
    INFO(redirection);
    child_process server(
        program({"--port", "0"}, {"sh", "-c", "exec \"$0\" \"$@\" 2>" + redirection}));
    server.write("count\n");
    CHECK(server.output().line() == "0");
    server.send(SIGTERM);
    CHECK(server.wait() == 0);
}

}  // namespace

TEST_CASE("a standard error that cannot be written does not keep the server from starting") {
    check_serves("/dev/full");
    check_serves("&" + unread_pipe(unread_pipe::kind::reader_gone).number());
    // AddressSanitizer itself has a word to say at start, and waits until it is said
    if (!under_address_sanitizer) check_serves("&" + unread_pipe(unread_pipe::kind::full).number());
}

TEST_CASE("a log that nobody reads stops nothing") {
    server_process server({"--workers", "1"}, input_kind::pipe, {"prlimit", "--nofile=40:40"});
    curl_stream client(server.url());
    fill_pipe_of(server.process().pid(), STDERR_FILENO);
    {
        std::vector<raw_client> crowd;  // more than there are descriptors for, which is logged
        for (int i = 0; i < 40; ++i) crowd.emplace_back(server.port());
        await("a pause", [&] { return server.stat("accept_pauses") > 0; });
        server.process().write("broadcast still here\n");
        CHECK(without_ids(client.output().until("\n\n")) == "data: still here\n\n");
    }
    curl_stream late(server.url());
    CHECK(server.stop(SIGTERM) == 0);
    CHECK(client.wait() == curl_unfinished);
    CHECK(late.wait() == curl_unfinished);
}

TEST_CASE("when nobody takes the answers out of the pipe, commands are still obeyed") {
    server_process server;
    curl_stream client(server.url());
    fill_pipe_of(server.process().pid(), STDOUT_FILENO);
    std::string expected;
    for (int i = 1; i <= 150; ++i) {
        server.process().write("broadcast " + std::to_string(i) + "\n");
        expected += "data: " + std::to_string(i) + "\n\n";
    }
    CHECK(without_ids(client.output().until("data: 150\n\n")) == expected);
    CHECK(server.stop(SIGTERM) == 0);
}
